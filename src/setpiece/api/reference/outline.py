"""The OpenAPI document in the order in which the page shows it."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from setpiece.api.reference.curl import pretty
from setpiece.api.reference.document import (
    Document,
    anchor,
    errors,
    often_mentioned,
    operations,
    schema_of,
    success,
)
from setpiece.api.reference.entries import Entry, Surroundings, describe
from setpiece.api.reference.examples import Examples, ids
from setpiece.api.reference.schemas import FieldRow, Schema, Schemas, component_name


@dataclass(frozen=True, slots=True)
class Group:
    """The operations of one tag."""

    anchor: str
    family: str
    """What stands before the colon of the tag: Library, of `Library: product`."""
    name: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """A component that stands once and is linked."""

    name: str
    rows: tuple[FieldRow, ...]


@dataclass(frozen=True, slots=True)
class KeyHeader:
    name: str
    value: str


@dataclass(frozen=True, slots=True)
class ErrorShape:
    """What an error looks like on one surface, and when there is one."""

    reasons: tuple[tuple[str, str], ...]
    """Status and meaning."""
    rows: tuple[FieldRow, ...]
    example: str


@dataclass(frozen=True, slots=True)
class Outline:
    """All that the page says."""

    title: str
    version: str
    about: str
    keys: tuple[KeyHeader, ...]
    errors: tuple[ErrorShape, ...]
    groups: tuple[Group, ...]
    records: tuple[Record, ...]

    def families(self) -> list[tuple[str, list[Group]]]:
        """Neighbouring groups of one family; the family is empty for those without."""
        return [
            (family, list(groups)) for family, groups in groupby(self.groups, key=lambda group: group.family)
        ]


def outline(document: Document) -> Outline:
    schemas = Schemas(document["components"]["schemas"])
    linked = often_mentioned(document)
    answers = [schema_of(success(operation)[1]) for _, _, operation in operations(document)]
    around = Surroundings(schemas, linked, ids(schemas, answers))
    info = document["info"]
    return Outline(
        title=info["title"],
        version=info["version"],
        about=info.get("description", ""),
        keys=tuple(map(_key_header, document["components"]["securitySchemes"].values())),
        errors=tuple(_error_shapes(document, schemas)),
        groups=tuple(_groups(document, around)),
        records=tuple(_record(name, schemas, linked) for name in schemas.components if name in linked),
    )


def _groups(document: Document, around: Surroundings) -> Iterator[Group]:
    entries_by_tag: dict[str, list[Entry]] = {tag["name"]: [] for tag in document["tags"]}
    for _, same in groupby(operations(document), key=lambda found: (found[1], _nameless(found[2]))):
        twins = list(same)
        tag = twins[0][2]["tags"][0]
        entries_by_tag[tag].append(describe(twins, around))
    for tag, entries in entries_by_tag.items():
        family, _, name = tag.rpartition(": ")
        yield Group(anchor("tag", tag), family, name, tuple(entries))


def _nameless(operation: Schema) -> dict[str, Any]:
    return {name: value for name, value in operation.items() if name != "operationId"}


def _record(name: str, schemas: Schemas, linked: frozenset[str]) -> Record:
    return Record(name, tuple(schemas.rows(schemas.components[name], linked - {name})))


def _key_header(scheme: Schema) -> KeyHeader:
    if scheme["type"] == "http":
        return KeyHeader("Authorization", f"{scheme['scheme'].capitalize()} YOUR_KEY")
    return KeyHeader(scheme["name"], "YOUR_KEY")


def _error_shapes(document: Document, schemas: Schemas) -> Iterator[ErrorShape]:
    reasons_by_shape: dict[str, set[tuple[str, str]]] = {}
    for _, _, operation in operations(document):
        for status, said in errors(operation):
            name = component_name(schema_of(said)["$ref"])
            reasons_by_shape.setdefault(name, set()).add((status, said["description"]))
    for name, reasons in reasons_by_shape.items():
        shape = schemas.components[name]
        example = pretty(Examples(schemas, {}).answer(shape))
        yield ErrorShape(tuple(sorted(reasons)), tuple(schemas.rows(shape)), example)
