"""Between a spec and its document, the JSON that is kept and shown: fields that are absent are left out."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

import orjson

from setpiece.programs.spec.fields import ADAPTATION, LEAD_SOURCE, STRATEGY, TOP, Field
from setpiece.programs.spec.model import Adaptation, LeadSource, Spec, Strategy
from setpiece.programs.spec.shapes import Choice, Plain

_REMEMBERED = 4096  # specs: more than a large list has
_LONGEST_REMEMBERED = 4096  # characters: four times a usual one; so at most some tens of megabytes are kept


def parse_spec(text: str) -> Spec:
    """The spec of a document as the database gives it; a list of a thousand is read again and again."""
    return _remembered(text) if len(text) <= _LONGEST_REMEMBERED else _parsed(text)


def _parsed(text: str) -> Spec:
    return read_spec(orjson.loads(text))


_remembered = lru_cache(_REMEMBERED)(_parsed)


def read_spec(document: Mapping[str, Any]) -> Spec:
    """The spec of a document that was made here; a field that is newer than it has its default."""
    return Spec(
        **_TOP.typed(document),
        lead_source=LeadSource(**_LEAD_SOURCE.typed(document.get("leadSource", {}))),
        strategy=Strategy(**_STRATEGY.typed(document["strategy"])),
        adaptation=Adaptation(**_ADAPTATION.typed(document.get("adaptation", {}))),
    )


def show_spec(spec: Spec) -> dict[str, Any]:
    """The document of a spec."""
    return {
        **_TOP.plain(spec),
        "leadSource": _LEAD_SOURCE.plain(spec.lead_source),
        "strategy": _STRATEGY.plain(spec.strategy),
        "adaptation": _ADAPTATION.plain(spec.adaptation),
    }


Convert = Callable[[Any], Any]


class _Between:
    """The fields of one section, prepared: a list of a thousand programs is read and shown in a request."""

    def __init__(self, fields: tuple[Field, ...]) -> None:
        self._fields: list[tuple[str, str, Convert | None, Convert | None]] = [
            (field.name, field.attribute, *_conversions(field)) for field in fields
        ]

    def typed(self, given: Mapping[str, Any]) -> dict[str, Any]:
        return {
            attribute: typed(given[name]) if typed else given[name]
            for name, attribute, typed, _ in self._fields
            if name in given
        }

    def plain(self, holder: Any) -> dict[str, Any]:
        values = [(name, plain, getattr(holder, attribute)) for name, attribute, _, plain in self._fields]
        return {name: plain(value) if plain else value for name, plain, value in values if value is not None}


def _conversions(field: Field) -> tuple[Convert | None, Convert | None]:
    """To the model and back; none for what is the same in both. A choice of the model is a text already."""
    shape = field.shape
    if isinstance(shape, Choice):
        return shape.typed, None
    return (None, None) if isinstance(shape, Plain) else (shape.typed, shape.plain)


_TOP, _LEAD_SOURCE, _STRATEGY, _ADAPTATION = map(_Between, (TOP, LEAD_SOURCE, STRATEGY, ADAPTATION))
