"""The questions of a candidate: its own active ones, and for a segment those that its firmographics imply."""

from collections.abc import Iterator
from functools import lru_cache

from setpiece.agents.qualify.evaluate.numbers import find_intervals
from setpiece.agents.qualify.evaluate.words import words_of
from setpiece.agents.qualify.scoring import Question, Weight
from setpiece.library.model import Entity
from setpiece.library.titles.words import shown

_SIZE_LABELS = ("employees", "employee count", "headcount", "company size", "size")
_PLACE_LABELS = ("geography", "location", "region", "country", "headquarters")
_ANYWHERE = ("worldwide", "global", "any", "anywhere")
MOST_VALUES = 12
"""Values of one label that are compared."""


def questions_of(entity: Entity) -> list[Question]:
    """Archived questions are left out: they stay in the record as examples of what not to ask."""
    own = [
        Question(one["question"], one.get("fitType", "GOOD") == "GOOD", Weight(one.get("weight", "MEDIUM")))
        for one in entity.qualifying_questions
        if not one.get("archivedAt")
    ]
    return [*own, *_implied(entity)] if entity.kind == "segment" else own


def _implied(segment: Entity) -> Iterator[Question]:
    """`employees: [20-500]` asks for 20 to 500 employees; what cannot be asked so is left to the segment's own questions."""
    for label, values in (segment.data.get("firmographics") or {}).items():
        name = label.strip().lower()
        asked = [question for value in values[:MOST_VALUES] if (question := _question(name, value.strip()))]
        if asked and not any(value.strip().lower() in _ANYWHERE for value in values):
            yield Question(
                f"Does the company fit {name}: {shown(', '.join(values[:MOST_VALUES]))}?",
                alternatives=tuple(asked),
            )


@lru_cache(maxsize=4_096)
def _question(label: str, value: str) -> str | None:
    if label in _SIZE_LABELS:
        return _bounded("Does the company have {} employees?", value)
    if label in ("revenue", "annual revenue", "arr"):
        return _bounded("Is annual revenue {}?", value)
    if label in _PLACE_LABELS and value:
        return f"Is the company based in {value}?"
    return f"Is the company in {value}?" if label in ("industry", "sector", "vertical") and value else None


def _bounded(wording: str, value: str) -> str | None:
    found = [one.interval for one in find_intervals(words_of(value))]
    if len(found) != 1:
        return None
    if found[0].high == float("inf"):
        return wording.format(f"at least {found[0].low:.0f}")
    return wording.format(f"between {found[0].low:.0f} and {found[0].high:.0f}")
