"""The caller's JSON schema: found in the agent's settings, made safe to work with, and used to check the answer.

The threats: a schema is data from outside. References could lead to the network or never end, and patterns could take
exponential time. So references are replaced by what they name, within a bound on the whole, and patterns are left out.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import SchemaError

_MOST_NODES = 1_000
"""Values of a schema after its references were replaced; a form of fifty fields has about three hundred."""
_DEEPEST = 24
_LEFT_OUT = frozenset({"pattern", "patternProperties", "propertyNames"})
_REFERENCES = frozenset(
    {"$id", "$anchor", "$schema", "$dynamicRef", "$dynamicAnchor", "$recursiveRef", "$vocabulary"}
)
_PLACES = ("jsonSchema", "outputSchema", "schema")
_MOST_PROBLEMS = 3


@dataclass(frozen=True, slots=True)
class ReadSchema:
    """A schema that can be filled, or why there is none; both empty when none was given."""

    schema: Mapping[str, Any] | None = None
    problem: str = ""
    notes: tuple[str, ...] = ()


def read_schema(settings: Mapping[str, Any]) -> ReadSchema:
    """From `jsonSchemaInstructions`, or from `data.jsonSchema` (also `outputSchema`, `schema`) of an agent."""
    given = _given(settings)
    if given is None:
        return ReadSchema()
    found = _parsed(given) if isinstance(given, str) else given
    if not isinstance(found, Mapping):
        return ReadSchema(problem="It is not a JSON Schema: write one as a JSON object.")
    return _usable(found)


def problems(schema: Mapping[str, Any], value: Any) -> list[str]:
    """Where the value does not follow the schema, as clauses; empty when it does."""
    found = []
    for error in Draft202012Validator(schema).iter_errors(value):
        place = ".".join(str(part) for part in error.absolute_path) or "the whole"
        missing = error.instance is None
        found.append(
            f"'{place[:80]}' has nothing to rest on"
            if missing
            else f"'{place[:80]}' breaks '{error.validator}'"
        )
        if len(found) == _MOST_PROBLEMS:
            break
    return found


def _given(settings: Mapping[str, Any]) -> Any:
    further = settings.get("data")
    places = [further.get(place) for place in _PLACES] if isinstance(further, Mapping) else []
    return next((one for one in (settings.get("jsonSchemaInstructions"), *places) if one), None)


def _parsed(text: str) -> Any:
    """The JSON object in a text that may say more around it; None when there is none."""
    start, end = text.find("{"), text.rfind("}")
    if start < 0 or end < start:
        return None
    try:
        return json.loads(text[start : end + 1])
    except (ValueError, RecursionError):
        return None


def _usable(found: Mapping[str, Any]) -> ReadSchema:
    inlining = _Inlining(found)
    try:
        schema = inlining.inlined(found, 0)
        Draft202012Validator.check_schema(schema)
    except _UnusableError as problem:
        return ReadSchema(problem=str(problem))
    except SchemaError as problem:
        place = ".".join(str(part) for part in problem.absolute_path) or "its top"
        return ReadSchema(problem=f"It is not a valid JSON Schema at '{place[:80]}'.")
    if not isinstance(schema, dict) or not (schema.get("properties") or schema.get("allOf")):
        return ReadSchema(problem="It has no 'properties': describe an object with named fields.")
    notes = ("Patterns in the JSON schema are not checked.",) if inlining.left_out else ()
    return ReadSchema(schema, notes=notes)


class _UnusableError(Exception):
    """A schema that cannot be worked with; the message is for the caller."""


@dataclass(slots=True)
class _Inlining:
    root: Mapping[str, Any]
    nodes: int = 0
    left_out: set[str] = field(default_factory=set)

    def inlined(self, value: Any, depth: int) -> Any:
        """The value with each reference replaced by what it names."""
        self.nodes += 1
        if self.nodes > _MOST_NODES or depth > _DEEPEST:
            raise _UnusableError(
                "It is too large, or a reference in it leads back to itself: write a smaller one."
            )
        if isinstance(value, list):
            return [self.inlined(one, depth + 1) for one in value]
        if not isinstance(value, Mapping):
            return value
        if isinstance(value.get("$ref"), str):
            beside = {name: one for name, one in value.items() if name != "$ref"}
            return self.inlined({**self._named(value["$ref"]), **beside}, depth + 1)
        self.left_out |= _LEFT_OUT & value.keys()
        skipped = _LEFT_OUT | _REFERENCES | {"$defs", "definitions"}
        return {
            str(name): self._field(name, one, depth) for name, one in value.items() if name not in skipped
        }

    def _field(self, name: str, value: Any, depth: int) -> Any:
        """Under `properties` every name is a field of the caller's, also one that is called like a keyword."""
        if name == "properties" and isinstance(value, Mapping):
            return {str(one): self.inlined(schema, depth + 1) for one, schema in value.items()}
        return self.inlined(value, depth + 1)

    def _named(self, reference: str) -> Mapping[str, Any]:
        if not reference.startswith("#/"):
            raise _UnusableError(
                f"It refers to '{reference[:80]}': only references within it ('#/$defs/…') are followed."
            )
        found: Any = self.root
        for part in reference[2:].split("/"):
            key = part.replace("~1", "/").replace("~0", "~")
            found = found.get(key) if isinstance(found, Mapping) else None
        if not isinstance(found, Mapping):
            raise _UnusableError(f"It refers to '{reference[:80]}', which is not in it.")
        return found
