"""A JSON schema filled from facts.

A field gets what its name, or else its description, asks for. What nothing can ground stays null, or is left out where
null is not allowed and the field is optional.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from setpiece.agents.generate_content.json_meaning import Grounded, Meaning
from setpiece.agents.provenance import Cited

_MOST_ITEMS = 3
"""Of a list whose schema gives no bound."""
_LONGEST_LIST = 16
_NOTHING = object()


@dataclass(slots=True)
class Filler:
    """Fills one schema."""

    meaning: Meaning
    cited: list[Cited] = field(default_factory=list)
    """The places that were filled, and from what."""

    def fill(self, schema: Mapping[str, Any]) -> dict[str, Any]:
        filled = self._object(schema, "jsonContent", "")
        return filled if isinstance(filled, dict) else {}

    def _value(self, schema: Any, place: str, name: str) -> Any:
        if not isinstance(schema, Mapping):
            return _NOTHING
        if "const" in schema:
            return schema["const"]
        schema = _variant(schema)
        match _type(schema):
            case "object":
                return self._object(schema, place, name)
            case "array":
                return self._array(schema, place, name)
            case "string":
                return self._string(schema, place, name)
            case "number" | "integer" | "boolean" as wanted:
                return self._scalar(schema, wanted, place, name)
        return _NOTHING

    def _object(self, schema: Mapping[str, Any], place: str, name: str) -> Any:
        required = schema.get("required") or ()
        filled: dict[str, Any] = {}
        found = False
        for key, inner in _properties(schema).items():
            value = self._value(inner, f"{place}.{key}", f"{name} {key}")
            found = found or value is not _NOTHING
            if value is not _NOTHING:
                filled[key] = value
            elif key in required or _may_be_null(inner):
                filled[key] = _default(inner)
            elif isinstance(inner, Mapping) and "default" in inner:
                filled[key] = inner["default"]
        return filled if found or place == "jsonContent" else _NOTHING

    def _array(self, schema: Mapping[str, Any], place: str, name: str) -> Any:
        most = min(schema.get("maxItems", max(_MOST_ITEMS, schema.get("minItems", 0))), _LONGEST_LIST)
        items: list[Any] = []
        while len(items) < most:
            value = self._value(schema.get("items", {"type": "string"}), f"{place}[{len(items)}]", name)
            if value is _NOTHING or value in items:
                break
            items.append(value)
        return items or _NOTHING

    def _string(self, schema: Mapping[str, Any], place: str, name: str) -> Any:
        options = schema.get("enum")
        for one in self.meaning.candidates(schema, name):
            if options is not None:
                text = next((each for each in options if str(each).casefold() == one.text.casefold()), None)
            else:
                text = one.text if _fits(schema, one.text) else None
            if text is not None:
                self._use(one, place)
                return text
        return _NOTHING

    def _scalar(self, schema: Mapping[str, Any], wanted: str, place: str, name: str) -> Any:
        """A number or truth value only where the request gives it under this name."""
        fact = self.meaning.given(name)
        value = _as_scalar(fact.text, wanted) if fact else None
        if fact is None or value is None or value not in schema.get("enum", [value]):
            return _NOTHING
        self.cited.append(Cited(place, fact.text, fact.source, fact.text))
        return value

    def _use(self, one: Grounded, place: str) -> None:
        if one.fact is not None:
            self.cited.append(Cited(place, one.text, one.fact.source, one.fact.text))
            self.meaning.use(one.fact)


def _variant(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """The first alternative that is not null; the parts of `allOf` as one."""
    for several in ("anyOf", "oneOf"):
        for one in schema.get(several) or ():
            if isinstance(one, Mapping) and one.get("type") != "null":
                return {**{name: each for name, each in schema.items() if name != several}, **one}
    return schema


def _properties(schema: Mapping[str, Any]) -> dict[str, Any]:
    found = dict(schema.get("properties") or {})
    for part in schema.get("allOf") or ():
        if isinstance(part, Mapping):
            found |= part.get("properties") or {}
    return found


def _type(schema: Mapping[str, Any]) -> str:
    told = schema.get("type")
    if isinstance(told, list):
        told = next((one for one in told if one != "null"), "null")
    if told is None:
        return (
            "object"
            if "properties" in schema or "allOf" in schema
            else "array"
            if "items" in schema
            else "string"
        )
    return str(told)


def _may_be_null(schema: Any) -> bool:
    if not isinstance(schema, Mapping):
        return True
    told = schema.get("type")
    if told == "null" or (isinstance(told, list) and "null" in told):
        return "enum" not in schema or None in schema["enum"]
    return any(_may_be_null(one) for several in ("anyOf", "oneOf") for one in schema.get(several) or ())


def _default(schema: Any) -> Any:
    return schema.get("default") if isinstance(schema, Mapping) else None


def _fits(schema: Mapping[str, Any], text: str) -> bool:
    return bool(schema.get("minLength", 0) <= len(text) <= schema.get("maxLength", len(text)))


def _as_scalar(text: str, wanted: str) -> Any:
    if wanted == "boolean":
        return {"yes": True, "true": True, "no": False, "false": False}.get(text.strip().lower())
    try:
        number = float(text.replace(",", ""))
    except ValueError:
        return None
    if number != number or abs(number) > _LARGEST:
        return None
    return int(number) if number.is_integer() else None if wanted == "integer" else number


_LARGEST = 1e15
"""Whole numbers up to here are exact in JSON's floating point."""
