"""The embedded writer's plan as material: its points, each with an id, the words it rests on, and how it would be said. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from setpiece.kernel.clock import show_place
from setpiece.reports.moments import Found
from setpiece.reports.writing.compose import Composed
from setpiece.reports.writing.model import Ask, Section, Statement
from setpiece.reports.writing.realise import quoted_text

_ORDER = re.compile(
    r"\b(?:ignore|disregard|forget)\b.{0,40}\b(?:instructions?|rules|prompt)\b|\bsystem prompt\b|\byou are (?:now )?an? (?:ai|assistant|model)\b"
    r"|\bignor[ae]\w*\b.{0,40}\b(?:instruc\w+|reglas|regras)\b",
    re.IGNORECASE,
)
"""Words to whoever writes, said aloud on a call; the embedded writer may quote them, a model does not get to read them."""
_TRAITS = 3
"""With fewer habits than the contract wants phrases, the embedded writer says so."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A section to be written, from its points by their ids."""

    section: Section | None
    """None for the summary."""
    points: dict[str, Statement]

    @property
    def key(self) -> str:
        return self.section.key if self.section else "summary"

    @property
    def kind(self) -> str:
        return self.section.kind if self.section else "paragraph"


def plan_of(composed: Composed) -> tuple[Planned, ...]:
    """What a model may write: the summary and the sections that have evidence. The rest stays as it is."""
    numbers = iter(range(1, 10_000))
    parts: list[tuple[Section | None, Sequence[Statement]]] = [(None, composed.summary)]
    parts += [(section, section.statements) for section in composed.sections]
    planned = [Planned(section, {f"p{next(numbers)}": one for one in _told(said)}) for section, said in parts]
    return tuple(one for one in planned if len(one.points) >= (_TRAITS if one.kind == "traits" else 1))


def _told(statements: Sequence[Statement]) -> Iterator[Statement]:
    """Those that rest on words or measures; what the report says of itself is not the model's."""
    for one in statements:
        point = one.point
        spoken = [*point.quotes, *point.cites]
        is_of_itself = point.frame.startswith("summary.") and not spoken
        if (
            (spoken or point.measures)
            and not is_of_itself
            and not any(_ORDER.search(said.text) for said in spoken)
        ):
            yield one


def material(planned: Sequence[Planned], found: Found, ask: Ask) -> dict[str, Any]:
    return {
        "template": ask.template.value,
        "language": ask.language,
        "spokenLanguage": found.language,
        "speaker": found.name or "not named",
        "otherSide": found.other or "not named",
        "sections": [
            {
                "key": one.key,
                "kind": one.kind,
                "points": [_point(point_id, statement) for point_id, statement in one.points.items()],
            }
            for one in planned
        ],
    }


def _point(point_id: str, statement: Statement) -> dict[str, Any]:
    point = statement.point
    return {
        "id": point_id,
        "about": point.frame,
        "plainly": f"{statement.title}. {statement.text}" if statement.title else statement.text,
        "said": [
            {"text": quoted_text(said), "speaker": said.speaker, "at": show_place(said.start_s)}
            for said in [*point.quotes, *point.cites]
        ],
    }
