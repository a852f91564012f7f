"""Query parameters that several operations share."""

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from setpiece.kernel.pages import Window
from setpiece.library.schemas import OId

Limit = Annotated[int, Field(ge=1, le=1000, description="How many at most", examples=[10])]
Offset = Annotated[int, Field(ge=0, le=10_000_000, description="How many to pass over", examples=[0])]


class PageQuery(BaseModel):
    """Which part of a list."""

    limit: Limit = 10
    offset: Offset = 0

    @property
    def window(self) -> Window:
        return Window(self.limit, self.offset)


class ListQuery(PageQuery):
    """A library list."""

    text: str | None = Field(
        None, max_length=500, description="Part of a name, internal name or description; case does not matter"
    )
    productOId: OId | None = Field(None, description="Only what is linked to this offering")
    playbookOId: OId | None = Field(None, description="Only what this playbook uses")


class ProductListQuery(ListQuery):
    type: Literal["PRODUCT", "SERVICE", "ALL"] | None = Field(None, description="ALL also lists services")


class OneQuery(BaseModel):
    """One record."""

    oId: OId = Field(description="Its id", examples=["pe_0AbCdEfGhIjKlMnOpQrStU"])
