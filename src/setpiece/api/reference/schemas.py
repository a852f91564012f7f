"""JSON Schemas as a reader wants them: references followed, one row for each field."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from setpiece.api.reference.limits import limits

Schema = Mapping[str, Any]

DEEPEST = 5
"""Levels of nested fields in one table; what lies deeper stands in the example."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """A schema without `$ref`, `allOf` and the null of `anyOf`."""

    schema: dict[str, Any]
    name: str | None = None
    """Of the component it is, if it is one."""
    nullable: bool = False


@dataclass(frozen=True, slots=True)
class FieldRow:
    """One line of a table of fields."""

    parent: str
    """What stands before the name of a nested field: `emails[].sections.`"""
    name: str
    type: str
    record: str | None
    """The component that is described elsewhere on the page, and that the type links to."""
    required: bool
    nullable: bool
    limits: str
    choices: tuple[Any, ...]
    description: str
    example: Any
    """None where there is none, and where choices or default say as much."""


class Schemas:
    """The components of one document."""

    def __init__(self, components: Mapping[str, Schema]) -> None:
        self.components = components

    def resolve(self, schema: Schema) -> Resolved:
        if "$ref" in schema:
            name = component_name(schema["$ref"])
            found = self.resolve(self.components[name])
            return Resolved(found.schema | _without(schema, "$ref"), name, found.nullable)
        if "allOf" in schema:
            return self._merged(schema)
        options = schema.get("anyOf") or schema.get("oneOf") or ()
        given = [option for option in options if option.get("type") != "null"]
        if len(given) != 1:
            return Resolved(dict(schema), nullable=len(given) < len(options))
        found = self.resolve(given[0])
        kept = found.schema | _without(schema, "anyOf", "oneOf")
        return Resolved(kept, found.name, found.nullable or len(options) > 1)

    def _merged(self, schema: Schema) -> Resolved:
        merged: dict[str, Any] = {"type": "object", "properties": {}, "required": []}
        for part in schema["allOf"]:
            found = self.resolve(part).schema
            merged["properties"] |= found.get("properties", {})
            merged["required"] += found.get("required", [])
        return Resolved(merged | _without(schema, "allOf"))

    def rows(self, schema: Schema, linked: frozenset[str] = frozenset()) -> Iterator[FieldRow]:
        """A row for each field of an object, nested ones after the field that holds them.

        Args:
            schema: Of an object, or of anything that holds none: then there are no rows.
            linked: Components that are named but not unfolded.
        """
        return self._rows(self.resolve(schema), linked, parent="", within=())

    def _rows(
        self, holder: Resolved, linked: frozenset[str], parent: str, within: tuple[str | None, ...]
    ) -> Iterator[FieldRow]:
        within = (*within, holder.name)
        for name, field in holder.schema.get("properties", {}).items():
            held, brackets = self.held(field)
            is_linked = held.name in linked
            is_circular = held.name is not None and held.name in within
            required = name in holder.schema.get("required", ())
            yield self._row(parent, name, field, held.name if is_linked else None, required)
            if not is_linked and not is_circular and len(within) < DEEPEST:
                yield from self._rows(held, linked, f"{parent}{name}{brackets}.", within)

    def _row(self, parent: str, name: str, field: Schema, record: str | None, required: bool) -> FieldRow:
        found = self.resolve(field)
        item = self.held(field)[0].schema
        choices = tuple(item.get("enum", ()))
        example = stated_example(found.schema)
        is_telling = not choices and example != found.schema.get("default")
        return FieldRow(
            parent,
            name,
            self.type_of(field, record),
            record,
            required,
            found.nullable,
            limits(found.schema, item),
            choices,
            found.schema.get("description", ""),
            example if is_telling else None,
        )

    def held(self, schema: Schema) -> tuple[Resolved, str]:
        """What a field holds when its lists are looked into, and a pair of brackets for each list."""
        found, brackets = self.resolve(schema), ""
        while found.schema.get("type") == "array" and found.schema.get("items"):
            found, brackets = self.resolve(found.schema["items"]), brackets + "[]"
        return found, brackets

    def type_of(self, schema: Schema, record: str | None = None) -> str:
        """In the words of TypeScript, which most readers of such a page know: `string[]`."""
        held, brackets = self.held(schema)
        return (record or self._single_type(held.schema)) + brackets

    def _single_type(self, schema: Schema) -> str:
        options = schema.get("anyOf") or schema.get("oneOf")
        if options:
            return " or ".join(self.type_of(option) for option in options if option.get("type") != "null")
        values = schema.get("additionalProperties")
        if isinstance(values, Mapping) and values and "properties" not in schema:
            return f"map to {self.type_of(values)}"
        return str(schema.get("format") or schema.get("type", "any"))


def component_name(reference: str) -> str:
    return reference.removeprefix("#/components/schemas/")


def stated_example(schema: Schema) -> Any:
    """What the schema gives as its example; None when it gives none."""
    return schema.get("example", next(iter(schema.get("examples", ())), None))


def _without(schema: Schema, *names: str) -> dict[str, Any]:
    return {name: value for name, value in schema.items() if name not in names}
