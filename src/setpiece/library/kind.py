"""What a kind of library entity is: its name, its fields, and how it hangs on offerings."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Shape(StrEnum):
    """What a field holds."""

    TEXT = "text"
    TEXTS = "texts"
    CHOICE = "choice"
    TEXTS_BY_LABEL = "texts by label"
    CUSTOM_FIELDS = "custom fields"


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a kind's `data`; `name` is the contract's spelling."""

    name: str
    shape: Shape
    about: str
    example: Any
    choices: tuple[str, ...] = ()
    default: str | None = None

    def empty(self) -> Any:
        """What a record shows when the field was never set."""
        if self.shape in (Shape.TEXTS, Shape.CUSTOM_FIELDS):
            return []
        return {} if self.shape is Shape.TEXTS_BY_LABEL else self.default


def text(name: str, about: str, example: str) -> Field:
    return Field(name, Shape.TEXT, about, example)


def texts(name: str, about: str, *example: str) -> Field:
    return Field(name, Shape.TEXTS, about, list(example))


def choice(name: str, about: str, choices: tuple[str, ...], default: str | None = None) -> Field:
    return Field(name, Shape.CHOICE, about, choices[0], choices, default)


def texts_by_label(name: str, about: str, example: Mapping[str, list[str]]) -> Field:
    return Field(name, Shape.TEXTS_BY_LABEL, about, example)


CUSTOM_FIELDS = Field(
    "customFields",
    Shape.CUSTOM_FIELDS,
    "Fields of your own: a title and its values",
    [{"title": "Region", "value": ["EMEA"]}],
)


class Linking(StrEnum):
    """How a kind reaches offerings."""

    NONE = "none"
    STRATEGY = "strategy"  # all offerings, named ones, or none
    ONE = "one"  # belongs to exactly one offering


@dataclass(frozen=True, slots=True, eq=False)
class Kind:
    """One kind of entity. Adding a kind is a file that makes one of these and a line in the catalog."""

    name: str
    """As in the path: `/api/v2/<name>/list`."""
    collection: str
    """As in a library file."""
    prefix: str
    """Of its ids. For the reader only, never checked."""
    title: str
    """As in revisions: `BuyingTrigger`."""
    about: str
    fields: tuple[Field, ...]
    linking: Linking = Linking.STRATEGY
    is_offering: bool = False
    has_url: bool = False
    data_type: str | None = None
    """A constant shown as `data.type`."""
    internal_name_in_data: bool = False
    nests_data: bool = False
    """The create body carries a `data` object."""
    flags: tuple[str, ...] = ()
    """Booleans of the contract that are shown and never set here."""
    also_at: tuple[str, ...] = ()
    """Older spellings of the path."""
    counts_use: bool = False
    """Records show how many sequences and emails were really made."""
    title_field: str | None = None
    """The field that lists job titles; makes the kind findable by them."""

    @property
    def data_fields(self) -> tuple[Field, ...]:
        return (*self.fields, CUSTOM_FIELDS)

    @property
    def label(self) -> str:
        """The kind in a sentence: `buying trigger`."""
        return self.name.replace("-", " ")

    @property
    def one(self) -> str:
        """One of the kind in a sentence: `an objection`."""
        return f"{'an' if self.label[0] in 'aeio' else 'a'} {self.label}"
