"""Examples of requests and answers, built from what the schemas give as examples."""

import json
from collections import deque
from collections.abc import Iterable, Mapping
from typing import Any

from setpiece.api.reference.schemas import DEEPEST, Schema, Schemas, stated_example

UNKNOWN = "…"
"""A text that no schema gives an example of."""


class Examples:
    """Builds examples; `known` are values by field name, for fields without an example of their own."""

    def __init__(self, schemas: Schemas, known: Mapping[str, Any]) -> None:
        self._schemas = schemas
        self._known = known

    def answer(self, schema: Schema) -> Any:
        """An answer with every field it can have."""
        return self._built(schema, "", DEEPEST)

    def request(self, schema: Schema) -> dict[str, Any]:
        """A body with what is required and what has an example."""
        found = self._schemas.resolve(schema).schema
        required = found.get("required", ())
        built: dict[str, Any] = {}
        for name, field in found.get("properties", {}).items():
            stated = self.stated(field)
            if name in required or stated is not None:
                built[name] = self.value(name, field) if stated is None else stated
        return built

    def stated(self, field: Schema) -> Any:
        return stated_example(self._schemas.resolve(field).schema)

    def value(self, name: str, field: Schema) -> Any:
        """The known value of that name, or one built from the schema."""
        return self._known[name] if name in self._known else self._built(field, name, DEEPEST)

    def _built(self, schema: Schema, name: str, deepest: int) -> Any:
        found = self._schemas.resolve(schema)
        stated = stated_example(found.schema)
        is_moment = found.schema.get("format") == "date-time"
        if found.nullable and (is_moment or (stated is None and _is_plain_text(found.schema))):
            # A moment that may be absent has not come, and a text nobody gave an example of is left out.
            return None
        if stated is not None:
            return stated
        return self._made_up(found.schema, name, deepest)

    def _made_up(self, schema: Schema, name: str, deepest: int) -> Any:
        if schema.get("enum"):
            return schema["enum"][0]
        if schema.get("type") == "array":
            return self._list(schema, name, deepest)
        if schema.get("type") == "object":
            return self._object(schema, name, deepest)
        if schema.get("type") == "string" and name in self._known:
            return self._known[name]
        plain = {"string": UNKNOWN, "integer": 1, "number": 1, "boolean": True}
        return schema.get("default", plain.get(schema.get("type", "")))

    def _list(self, schema: Schema, name: str, deepest: int) -> list[Any]:
        if not deepest or "items" not in schema:
            return []
        item = self._built(schema["items"], name, deepest - 1)
        return [] if item == UNKNOWN and not schema.get("minItems") else [item]

    def _object(self, schema: Schema, name: str, deepest: int) -> dict[str, Any]:
        built: dict[str, Any] = {}
        for field_name, field in schema.get("properties", {}).items() if deepest else ():
            # The id in `persona` is one that would be called `personaOId` elsewhere.
            known_as = f"{name}OId" if field_name == "oId" else field_name
            built[field_name] = self._built(field, known_as, deepest - 1)
        return built


def _is_plain_text(schema: Schema) -> bool:
    return schema.get("type") == "string" and "enum" not in schema


def nearest(schemas: Schemas, schema: Schema) -> dict[str, Any]:
    """Examples by field name, from all levels of a schema; of two with one name, the one nearer to the top."""
    found: dict[str, Any] = {}
    waiting = deque([(schema, 0)])
    while waiting:
        holder, depth = waiting.popleft()
        for name, field in schemas.held(holder)[0].schema.get("properties", {}).items():
            stated = stated_example(schemas.resolve(field).schema)
            if stated is not None:
                found.setdefault(name, stated)
            if depth < DEEPEST:
                waiting.append((field, depth + 1))
    return found


def ids(schemas: Schemas, answers: Iterable[Schema]) -> dict[str, Any]:
    """Ids by the names of the fields that hold one: those in the answers, and `personaOId` for a `Persona`."""
    found: dict[str, Any] = {}
    for answer in answers:
        stated = nearest(schemas, answer)
        found |= {name: value for name, value in stated.items() if name.endswith(("OId", "OIds"))}
    for name, component in schemas.components.items():
        example = stated_example(component.get("properties", {}).get("oId", {}))
        if example is not None:
            field = name[:1].lower() + name[1:]
            found |= {f"{field}OId": example, f"{field}OIds": [example]}
    return found


def compact(value: Any) -> str:
    """An example for one line; a text without its quotes."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
