"""Between a spec and its document, the JSON that is kept and shown: fields that are absent are left out."""

from collections.abc import Mapping
from typing import Any

from setpiece.programs.spec.fields import ADAPTATION, LEAD_SOURCE, STRATEGY, TOP, Field
from setpiece.programs.spec.model import Adaptation, LeadSource, Spec, Strategy


def read_spec(document: Mapping[str, Any]) -> Spec:
    """The spec of a document that was made here; a field that is newer than it has its default."""
    return Spec(
        **_typed(TOP, document),
        lead_source=LeadSource(**_typed(LEAD_SOURCE, document.get("leadSource", {}))),
        strategy=Strategy(**_typed(STRATEGY, document["strategy"])),
        adaptation=Adaptation(**_typed(ADAPTATION, document.get("adaptation", {}))),
    )


def show_spec(spec: Spec) -> dict[str, Any]:
    """The document of a spec."""
    return {
        **_plain(TOP, spec),
        "leadSource": _plain(LEAD_SOURCE, spec.lead_source),
        "strategy": _plain(STRATEGY, spec.strategy),
        "adaptation": _plain(ADAPTATION, spec.adaptation),
    }


def _typed(fields: tuple[Field, ...], given: Mapping[str, Any]) -> dict[str, Any]:
    return {field.attribute: field.shape.typed(given[field.name]) for field in fields if field.name in given}


def _plain(fields: tuple[Field, ...], typed: Any) -> dict[str, Any]:
    values = [(field, getattr(typed, field.attribute)) for field in fields]
    return {field.name: field.shape.plain(value) for field, value in values if value is not None}
