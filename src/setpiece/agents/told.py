"""What a request tells beside its own fields: a runtime context of any JSON, as lines of text that name their place."""

import re
from collections.abc import Iterator
from typing import Any

from setpiece.agents.calls import NAMES_A_CALL
from setpiece.agents.running import Run
from setpiece.agents.sequence.writer.model import Fact, Source

FIELD = "runtimeContext"
MOST_LINES = 60
"""Lines looked at. What the embedded writer says of a person is a handful; the bound keeps a pasted document cheap."""
_LONGEST_LINE = 2_000
_DEEPEST = 6


def told_facts(context: Any) -> tuple[Fact, ...]:
    """Each line of a text, and each value of an object or list, as a fact; empty when nothing was told.

    A value keeps the name it stands under as the last part of its source's field: `runtimeContext.company.industry`.
    """
    found: list[Fact] = []
    for field, text in _texts(context, FIELD, 0):
        lines = (" ".join(line.split())[:_LONGEST_LINE] for line in text.splitlines())
        found += [Fact(line, Source("", "request", "Request", field)) for line in lines if line]
        if len(found) >= MOST_LINES:
            break
    return tuple(found[:MOST_LINES])


def told_in(run: Run[Any]) -> tuple[Fact, ...]:
    """What the run's request tells: what was said on the call that it names, then its context."""
    return (*run.said, *told_facts(run.request.runtimeContext))


def told_text(facts: tuple[Fact, ...]) -> str | None:
    """The same as one text, for matching by words."""
    return "\n".join(fact.text for fact in facts) or None


def told_values(facts: tuple[Fact, ...]) -> dict[str, Fact]:
    """Values by the lower-case words of their names: from an object's keys, and from lines such as `Industry: Software`.

    The first of a name counts.
    """
    found: dict[str, Fact] = {}
    for fact in facts:
        name, _, value = fact.text.partition(":")
        key = fact.source.field.rpartition(".")[2] if fact.source.field != FIELD else ""
        if key and not key.isdecimal() and key not in _STEPS:
            found.setdefault(plain_name(key), fact)
        elif value.strip() and 0 < len(name.split()) <= _NAME_WORDS:
            found.setdefault(plain_name(name), Fact(value.strip(), fact.source))
    return found


_NAME_WORDS = 4
"""A longer text before a colon is a sentence, not the name of a value."""


def labelled(fact: Fact) -> str:
    """A told fact for the eye: a value of an object with its name, "Industry: Software"; a line of a text as it is."""
    key = plain_name(fact.source.field.rpartition(".")[2]) if fact.source.field != FIELD else ""
    if not key or key in _STEPS or key.isdecimal():
        return fact.text
    return f"{key[0].upper()}{key[1:]}: {fact.text}"


_STEPS = frozenset({"all"})
"""Names that a sequence's context uses for its steps; the others are numbers."""


def plain_name(name: str) -> str:
    """`companySize`, `company_size` and `Company size` become `company size`; `pain1` becomes `pain 1`."""
    return " ".join(_PARTS.findall(name)).lower()


_PARTS = re.compile(r"[A-ZÀ-Þ]?[^\W\dA-ZÀ-Þ_]+|[A-ZÀ-Þ]+(?![^\W\dA-ZÀ-Þ_])|\d+|[^\W\d_]")
"""Words of a name in camel, snake or kebab case; capitals in a row are one word."""


def _texts(value: Any, field: str, depth: int) -> Iterator[tuple[str, str]]:
    if depth == 0 and isinstance(value, dict):
        value = {name: one for name, one in value.items() if name not in NAMES_A_CALL}
    if isinstance(value, str):
        yield field, value
    elif isinstance(value, bool) or value is None or depth > _DEEPEST:
        return
    elif isinstance(value, int | float):
        yield field, str(value)
    elif isinstance(value, list):
        for index, one in enumerate(value):
            yield from _texts(one, f"{field}.{index}", depth + 1)
    elif isinstance(value, dict):
        for name, one in value.items():
            yield from _texts(one, f"{field}.{str(name)[:100]}", depth + 1)
