"""What a schema allows, in words."""

from collections.abc import Mapping
from typing import Any

Schema = Mapping[str, Any]


def limits(schema: Schema, item: Schema) -> str:
    """The bounds of a value and of what its lists hold: `at most 7 items, each 1 to 200 characters`.

    Args:
        schema: Of the value itself.
        item: Of what it holds when it is a list; the same schema when it is none.
    """
    said = [
        _between(schema.get("minimum"), schema.get("maximum"), ""),
        _between(schema.get("minItems"), schema.get("maxItems"), "items"),
        _each(schema, _between(item.get("minLength"), item.get("maxLength"), "characters")),
        f"default {_plain(schema['default'])}" if schema.get("default") not in (None, "", [], {}) else "",
    ]
    return ", ".join(filter(None, said))


def _each(schema: Schema, said: str) -> str:
    return f"each {said}" if said and schema.get("type") == "array" else said


def _between(least: float | None, most: float | None, unit: str) -> str:
    if least and most is not None:
        said = f"{least:,} to {most:,}" if least != most else f"exactly {most:,}"
    elif most is not None:
        said = f"at most {most:,}"
    elif least:
        said = f"at least {least:,}"
    else:
        return ""
    return f"{said} {unit}".rstrip()


def _plain(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
