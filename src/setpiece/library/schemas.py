"""Request schemas, made from the catalog: what may be sent for a kind, with bounds and examples."""

from collections.abc import Mapping
from functools import cache
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints, create_model
from pydantic import Field as Documented

from setpiece.kernel.errors import Invalid
from setpiece.library.kind import Field, Kind, Linking, Shape

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]
Text = Annotated[str, StringConstraints(max_length=20_000)]
OId = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Texts = Annotated[list[Text], Documented(max_length=500)]
TextsByLabel = Annotated[
    dict[Annotated[str, StringConstraints(max_length=500)], Texts], Documented(max_length=200)
]


class Sent(BaseModel):
    """A body that a client sends: unknown fields are ignored, the edge reports them."""

    model_config = ConfigDict(extra="ignore", str_strip_whitespace=False)


class CustomField(Sent):
    title: Name = Documented(examples=["Region"])
    value: Texts = Documented(default_factory=list, examples=[["EMEA"]])


class QualifyingQuestion(Sent):
    """A yes-or-no question that tells whether an entity fits."""

    question: Name = Documented(examples=["Do they sell to more than one role?"])
    rationale: Text = Documented("", description="How to read the question")
    fitType: Literal["GOOD", "BAD"] = Documented("GOOD", description="Whether yes speaks for or against")
    weight: Literal["LOW", "MEDIUM", "HIGH", "INSTANT_DISQUALIFIER"] = "MEDIUM"
    archivedAt: str | None = Documented(None, description="Set when the question is kept only as an example")


class LinkingStrategy(Sent):
    """Which offerings an entity is for. An empty object means none."""

    mode: Literal["ALL", "SPECIFIC"] | None = None
    offeringOIds: list[OId] = Documented(default_factory=list, max_length=500)


_ANNOTATION_BY_SHAPE: dict[Shape, Any] = {
    Shape.TEXT: Text,
    Shape.TEXTS: Texts,
    Shape.TEXTS_BY_LABEL: TextsByLabel,
    Shape.CUSTOM_FIELDS: Annotated[list[CustomField], Documented(max_length=200)],
}


def _annotation(field: Field) -> Any:
    return Literal[field.choices] if field.shape is Shape.CHOICE else _ANNOTATION_BY_SHAPE[field.shape]


def _common(kind: Kind) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "internalName": (Text | None, Documented(None, description="Never used in copy")),
        "description": (Text | None, Documented(None, description="What it is")),
        "active": (bool | None, Documented(None, description="Whether agents may choose it")),
        "qualifyingQuestions": (
            Annotated[list[QualifyingQuestion], Documented(max_length=100)] | None,
            Documented(None),
        ),
    }
    if kind.has_url:
        fields["primaryUrl"] = (Text | None, Documented(None, examples=["https://www.example.com"]))
    if kind.linking is not Linking.NONE:
        fields["primaryOfferingOId"] = (
            OId | None,
            Documented(None, description="The offering it belongs to"),
        )
    if kind.linking is Linking.STRATEGY:
        fields["linkingStrategy"] = (LinkingStrategy | None, Documented(None))
    return fields


def _data(kind: Kind) -> dict[str, Any]:
    return {
        field.name: (
            _annotation(field) | None,
            Documented(None, description=field.about, examples=[field.example]),
        )
        for field in kind.data_fields
    }


@cache
def create_schema(kind: Kind) -> type[Sent]:
    """The body of `<kind>/create`."""
    name = (Name, Documented(description=f"The name of the {kind.label}, as it may appear in copy"))
    return create_model(f"{kind.title}Create", __base__=Sent, name=name, **_common(kind), **_data(kind))


@cache
def update_schema(kind: Kind) -> type[Sent]:
    """The body of `<kind>/update`: any field, and `clear` for those to be emptied."""
    return create_model(
        f"{kind.title}Update",
        __base__=Sent,
        oId=(OId, Documented(description=f"The {kind.label} to change")),
        clear=(
            list[str] | None,
            Documented(
                None, description="Names of fields to empty: '', [] and null in a field mean 'not given'"
            ),
        ),
        name=(Name | None, Documented(None)),
        **_common(kind),
        **_data(kind),
    )


def change_of(body: Sent) -> dict[str, Any]:
    """The fields that were given, by name; what stands inside them is complete, defaults included."""
    given = body.model_dump(include=body.model_fields_set - {"oId"})
    return {name: value for name, value in given.items() if value is not None}


def emptied(kind: Kind, names: list[str], further: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """What `clear` puts in place of each named field; `further` are a kind's own beside the usual ones.

    Raises:
        Invalid: a name is no field that can be empty.
    """
    empty: dict[str, Any] = {field.name: field.empty() for field in kind.data_fields}
    empty |= {"internalName": None, "description": None, "qualifyingQuestions": [], **(further or {})}
    if kind.has_url:
        empty["primaryUrl"] = None
    if kind.linking is Linking.STRATEGY:
        empty |= {"linkingStrategy": {}, "primaryOfferingOId": ""}
    if unknown := [name for name in names if name not in empty]:
        raise Invalid(f"'clear' names '{unknown[0][:60]}'; it can name {', '.join(empty)}.")
    return {name: empty[name] for name in names}
