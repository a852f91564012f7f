"""The body of `<kind>/generate`, made from the catalog."""

from functools import cache
from typing import Annotated, Any, Literal

from pydantic import Field, create_model, field_validator, model_validator

from setpiece.library.kind import Kind, Linking
from setpiece.library.playbooks.model import LinkRole
from setpiece.library.schemas import LinkingStrategy, Name, OId, Sent

MOST_ENTITIES = 20
MOST_SOURCES = 10
MOST_CHARACTERS = 200_000
"""Of all texts of one request: about 3,000 sentences, which take half a second."""
MOST_PAGES = 10
"""Pages of one request, read four at a time: at the reader's 15 s for each, the worst takes 45 s."""
LINKED_BY_PLAYBOOKS = frozenset(role.value for role in LinkRole)
Input = Annotated[str, Field(max_length=20_000)]


class GenerationSource(Sent):
    """A text, or a public page that is read once."""

    type: Literal["TEXT", "URL"]
    value: Annotated[str, Field(min_length=1, max_length=MOST_CHARACTERS)] = Field(
        examples=["# Controller\n\nPain points\n- Every close takes nine days"]
    )

    @field_validator("type", mode="before")
    @classmethod
    def _no_resources(cls, value: Any) -> Any:
        if value == "RESOURCE":
            raise ValueError(
                "may not be RESOURCE: there is no resource center here; send the text as TEXT, or its address as URL"
            )
        return value


class Wanted(Sent):
    """One entity: its name, if it is known, and what it is made from."""

    name: Name | None = Field(None, description="Else the title of its first source that has one")
    sources: Annotated[list[GenerationSource], Field(min_length=1, max_length=MOST_SOURCES)]


class GenerateBody(Sent):
    """What the bodies of all kinds have in common. On the wire, `wanted` has the kind's own name in the plural."""

    wanted: Annotated[list[Wanted], Field(min_length=1, max_length=MOST_ENTITIES)]
    brandVoiceOId: OId | None = Field(
        None, description="Accepted, and without effect: values are quoted as they stand"
    )

    @model_validator(mode="after")
    def _bounded(self) -> "GenerateBody":
        sources = [source for one in self.wanted for source in one.sources]
        if sum(len(one.value) for one in sources if one.type == "TEXT") > MOST_CHARACTERS:
            raise ValueError(f"has more than {MOST_CHARACTERS:,} characters of text; send less at a time")
        if len({one.value for one in sources if one.type == "URL"}) > MOST_PAGES:
            raise ValueError(f"names more than {MOST_PAGES} pages; send fewer at a time")
        return self


class ServiceGenerateBody(GenerateBody):
    """What a service may be told beside its sources."""

    comparativeAdvantageInput: Input | None = Field(None, description="Lines for `comparativeAdvantage`")
    likelyAlternativeInput: Input | None = Field(None, description="Lines for `likelyAlternative`")


@cache
def generate_schema(kind: Kind) -> type[GenerateBody]:
    """The body of `<kind>/generate`."""
    wanted = Annotated[list[Wanted], Field(min_length=1, max_length=MOST_ENTITIES)]
    fields: dict[str, Any] = {
        "wanted": (wanted, Field(alias=kind.collection, description=f"Each makes {kind.one}"))
    }
    if kind.linking is not Linking.NONE:
        fields["primaryOfferingOId"] = (OId | None, Field(None, description="The offering they belong to"))
    if kind.linking is Linking.STRATEGY:
        fields["linkingStrategy"] = (LinkingStrategy | None, Field(None))
    if kind.name in LINKED_BY_PLAYBOOKS:
        fields["playbookOId"] = (OId | None, Field(None, description="A playbook that they are added to"))
    base = ServiceGenerateBody if kind.data_type == "SERVICE" else GenerateBody
    return create_model(f"{kind.title}Generate", __base__=base, **fields)
