"""What a text column can hold, checked before anything is stored."""

from collections.abc import Iterator
from typing import Any

from setpiece.kernel.errors import Invalid

_DEEPEST = 32  # levels; the deepest body of the contract and a library file have 6
MOST_VALUES = 200_000
"""Values in one body. The fields with the most room, 200 custom fields of 500 texts, have half as many; 4 MiB of `[],`
would be 1.4 million, which kept every other request waiting for two seconds."""


def check_content(content: Any) -> None:
    """Refuse what no column can hold, naming the place, and what has far more values than any real content.

    Raises:
        Invalid: a text with a NUL character, nesting beyond any real content, or too many values.
    """
    waiting: list[tuple[Any, str, int]] = [(content, "", 0)]
    seen = 1
    while waiting:
        value, where, depth = waiting.pop()
        if isinstance(value, str):
            _check_text(value, where)
        elif isinstance(value, dict | list):
            if depth > _DEEPEST:
                raise Invalid(f"The content is nested more than {_DEEPEST} levels deep.", code="too_deep")
            seen += len(value)
            if seen > MOST_VALUES:
                raise Invalid(f"The content has more than {MOST_VALUES:,} values.", code="too_many_values")
            waiting.extend((one, place, depth + 1) for one, place in _inside(value, where))


def _inside(value: dict[str, Any] | list[Any], where: str) -> Iterator[tuple[Any, str]]:
    """What has to be looked at in a container, with its place; numbers, booleans and null hold nothing."""
    if isinstance(value, list):
        for index, one in enumerate(value):
            if isinstance(one, str | dict | list):
                yield one, f"{where}[{index}]"[:120]
        return
    for name, one in value.items():
        if "\x00" in name:
            raise Invalid("A field name contains a NUL character; remove it.", code="nul_character")
        if isinstance(one, str | dict | list):
            yield one, f"{where}.{name}".strip(".")[:120]


def _check_text(text: str, where: str) -> None:
    if "\x00" in text:
        raise Invalid(f"'{where or 'the body'}' contains a NUL character; remove it.", code="nul_character")
