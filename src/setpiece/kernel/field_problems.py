"""What is wrong with a field, in a sentence: pydantic's findings in the words of the product."""

from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails


def findings(problem: ValidationError) -> "list[ErrorDetails]":
    """All that was found, with what is needed to word it."""
    return problem.errors(include_url=False, include_context=True, include_input=True)


def sentence(found: "ErrorDetails") -> str:
    """Where it is and what it must be: `'painPoints[2]' must be a text`."""
    where = f"'{place(found['loc'])}'" if found["loc"] else "The body"
    return f"{where} {_what(found)}"


def place(path: tuple[int | str, ...]) -> str:
    """A path as it is written in a program: `customFields[0].title`."""
    shown = ""
    for step in path:
        shown += f"[{step}]" if isinstance(step, int) else f".{str(step)[:60]}" if shown else str(step)[:60]
    return shown or "the body"


_MUST = {
    "missing": "is required",
    "string_type": "must be a text",
    "list_type": "must be a list",
    "bool_type": "must be true or false",
    "bool_parsing": "must be true or false",
    "int_type": "must be a whole number",
    "int_parsing": "must be a whole number",
    "int_parsing_size": "is a number that is too large",
    "int_from_float": "must be a whole number",
    "float_type": "must be a number",
    "float_parsing": "must be a number",
    "extra_forbidden": "is not known here; leave it out",
    "finite_number": "must be a finite number",
    "dict_type": "must be an object",
    "model_type": "must be an object",
    "model_attributes_type": "must be an object",
    "string_too_short": "must not be empty",
}
_MUST_WITH = {
    "string_too_long": ("must have at most {} characters", "max_length"),
    "too_long": ("must have at most {} entries", "max_length"),
    "too_short": ("must have at least {} entries", "min_length"),
    "literal_error": ("must be one of {}", "expected"),
    "enum": ("must be one of {}", "expected"),
    "greater_than_equal": ("must be {} or more", "ge"),
    "greater_than": ("must be more than {}", "gt"),
    "less_than_equal": ("must be {} or less", "le"),
    "less_than": ("must be less than {}", "lt"),
}


def _what(problem: Any) -> str:
    kind = problem["type"]
    if kind.startswith(("datetime_", "timezone_")):
        return "must be a date or a moment, such as 2026-01-31 or 2026-01-31T09:00:00Z"
    if kind in _MUST:
        return _MUST[kind]
    if kind in _MUST_WITH:
        told, key = _MUST_WITH[kind]
        return told.format(problem["ctx"][key])
    if kind == "value_error":
        return str(problem["ctx"]["error"])
    return str(problem["msg"])[:200].lower()
