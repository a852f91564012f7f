"""How messages of executed runs go out, as a spec says it: `{"channel": "smtp", "dailyCap": 40}`. A run may say otherwise."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from setpiece.programs.spec.shapes import IGNORED, Number, Problem, Problems, Shape, Text, is_object

MOST_FOLLOW_UPS = 6
"""A sequence has seven emails at most."""
_DAY = Number(1, 90, is_whole=True)
_OID = Text(64)


@dataclass(frozen=True, slots=True)
class Days:
    """Days after the first email, each later than the one before."""

    @property
    def schema(self) -> dict[str, Any]:
        return {"type": "array", "maxItems": MOST_FOLLOW_UPS, "items": _DAY.schema}

    def take(self, value: Any, field: str, problems: Problems) -> Any:
        if not isinstance(value, list):
            problems.append(Problem(field, "type", "must be a list of whole numbers"))
            return IGNORED
        taken = [_DAY.take(one, f"{field}[{at}]", problems) for at, one in enumerate(value[:MOST_FOLLOW_UPS])]
        kept = sorted({one for one in taken if one is not IGNORED})
        if kept != value:
            problems.append(Problem(field, "order", "must be numbers that grow", f"{kept} was taken"))
        return kept

    def typed(self, taken: Any) -> Any:
        return taken

    def plain(self, typed: Any) -> Any:
        return typed


@dataclass(frozen=True, slots=True)
class Words(Text):
    """One of a few words; whoever knows what they mean stands above this room."""

    words: tuple[str, ...] = ()

    @property
    def schema(self) -> dict[str, Any]:
        return {"type": "string", "enum": list(self.words)}

    def take(self, value: Any, field: str, problems: Problems) -> Any:
        if value in self.words:
            return value
        problems.append(Problem(field, "choice", f"must be one of {', '.join(self.words)}"))
        return IGNORED


SHAPES: Mapping[str, Shape] = {
    "channel": Words(20, ("export", "webhook", "smtp")),
    "approval": Words(20, ("required", "auto")),
    "endpointId": _OID,
    "replyTo": Text(254),
    "optOut": Words(20, ("line", "none")),
    "followUpDays": Days(),
    "dailyCap": Number(1, 100_000, is_whole=True),
    "budget": Number(0, 10_000_000, is_whole=True),
    "minScore": Number(1, 10),
    "agentOId": _OID,
}
"""As in `execution.schemas.Delivery`, which says what each is for and checks what it names when a run begins."""


@dataclass(frozen=True, slots=True)
class Delivery:
    @property
    def schema(self) -> dict[str, Any]:
        return {"type": "object", "properties": {name: shape.schema for name, shape in SHAPES.items()}}

    def take(self, value: Any, field: str, problems: Problems) -> Any:
        if not is_object(value, field, problems):
            return IGNORED
        problems += [
            Problem(f"{field}.{name[:100]}", "unknown", "is not known here; leave it out", is_silent=True)
            for name in value
            if name not in SHAPES
        ]
        taken = {
            name: shape.take(value[name], f"{field}.{name}", problems)
            for name, shape in SHAPES.items()
            if value.get(name) is not None
        }
        return {name: one for name, one in taken.items() if one is not IGNORED}

    def typed(self, taken: Any) -> Any:
        return taken

    def plain(self, typed: Any) -> Any:
        return typed
