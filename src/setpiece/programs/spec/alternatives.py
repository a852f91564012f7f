"""The changes that are prepared for a pivot: `{"changes": "hypothesis", "to": "…", "name": "…"}`."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from setpiece.programs.spec.model import Alternative, Changeable
from setpiece.programs.spec.shapes import IGNORED, Choice, Problem, Problems, Text, Texts, first, is_object

HYPOTHESIS = Text(2000)
CHANNELS = Texts(12, 60)
REFERENCE = Text(200)
"""An id or a name of something in the library."""
VARIANT = Text(2000)
CHANGED_FIELD: Mapping[Changeable, tuple[str, Text | Texts]] = {
    Changeable.HYPOTHESIS: ("hypothesis", HYPOTHESIS),
    Changeable.CHANNEL: ("channels", CHANNELS),
    Changeable.PERSONA: ("xPersona", REFERENCE),
    Changeable.PLAYBOOK: ("xPlaybook", REFERENCE),
    Changeable.VARIANT: ("xVariant", VARIANT),
}
"""The field of `strategy` that each change sets, and what fits there."""


@dataclass(frozen=True, slots=True)
class Alternatives:
    """A list of alternatives, the first to be tried first."""

    most: int

    @property
    def schema(self) -> dict[str, Any]:
        to = {"anyOf": [HYPOTHESIS.schema, CHANNELS.schema]}
        properties = {"changes": Choice(Changeable).schema, "to": to, "name": REFERENCE.schema}
        item = {"type": "object", "properties": properties, "required": ["changes", "to"]}
        return {"type": "array", "maxItems": self.most, "items": item}

    def take(self, value: Any, field: str, problems: Problems) -> Any:
        if not isinstance(value, list):
            problems.append(Problem(field, "type", "must be a list of objects"))
            return IGNORED
        kept = first(self.most, value, field, problems)
        taken = [_take_one(one, f"{field}[{at}]", problems) for at, one in enumerate(kept)]
        return [one for one in taken if one is not IGNORED]

    def typed(self, taken: Any) -> Any:
        return tuple(
            Alternative(
                changes := Changeable(one["changes"]),
                CHANGED_FIELD[changes][1].typed(one["to"]),
                one.get("name", ""),
            )
            for one in taken
        )

    def plain(self, typed: Any) -> Any:
        return [_plain(one) for one in typed]


def patch_of(alternative: Alternative) -> dict[str, Any]:
    """The update of a spec that the alternative stands for."""
    field, shape = CHANGED_FIELD[alternative.changes]
    return {"strategy": {field: shape.plain(alternative.to)}}


def _plain(one: Alternative) -> dict[str, Any]:
    to = CHANGED_FIELD[one.changes][1].plain(one.to)
    return {"changes": str(one.changes), "to": to} | ({"name": one.name} if one.name else {})


def _take_one(value: Any, where: str, problems: Problems) -> Any:
    """One that lacks a part is left out as a whole: half a change is another change."""
    if not is_object(value, where, problems):
        return IGNORED
    changes = Choice(Changeable).take(value.get("changes"), f"{where}.changes", problems)
    if changes is IGNORED:
        return IGNORED
    to = CHANGED_FIELD[changes][1].take(value.get("to"), f"{where}.to", problems)
    if to is IGNORED or to == []:
        return IGNORED
    taken = {"changes": changes, "to": to}
    if value.get("name") is not None:
        name = REFERENCE.take(value["name"], f"{where}.name", problems)
        taken |= {} if name is IGNORED else {"name": name}
    return taken
