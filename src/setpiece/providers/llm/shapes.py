"""JSON Schema as both vendors take it for an answer."""

from typing import Any

TEXT = {"type": "string"}
TEXTS = {"type": "array", "items": TEXT}


def closed_object(**properties: Any) -> dict[str, Any]:
    """An object with exactly these properties: structured answers need every one required and no other allowed."""
    return {
        "type": "object",
        "additionalProperties": False,
        "required": list(properties),
        "properties": properties,
    }
