"""What the request and the agent's settings take away from the choice: pins and rules."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from setpiece.agents.calls import NAMES_A_CALL
from setpiece.agents.identity import Identity
from setpiece.agents.sequence.schemas import SequenceRun
from setpiece.agents.sequence.writer.model import Fact
from setpiece.kernel.errors import Invalid
from setpiece.kernel.ids import parse
from setpiece.library.service import entities
from setpiece.matching.model import Mode, Pins, Prospect, Rule, Settings
from setpiece.workspaces.work import Work

_PIN_KINDS = {
    "product": ("product", "service"),
    "service": ("product", "service"),
    "playbook": ("playbook",),
    "persona": ("persona",),
    "segment": ("segment",),
}
_OFFERING_PINS = ("product", "service")


async def pinned_ids(work: Work, request: SequenceRun) -> dict[str, UUID]:
    """The pinned ids by name, each checked to be of its kind in this workspace."""
    context = request.customContext
    oids = {name: pin.oId for name in _PIN_KINDS if context and (pin := getattr(context, name))}
    ids = {name: parsed for name, oid in oids.items() if (parsed := parse(oid))}
    kinds = await entities(work).kinds_of(list(ids.values())) if ids else {}
    for name, oid in oids.items():
        if name not in ids or kinds.get(ids[name]) not in _PIN_KINDS[name]:
            raise Invalid(f"'customContext.{name}.oId': there is no {name} '{oid[:64]}' in this workspace.")
    return ids


def as_pins(ids: Mapping[str, UUID]) -> Pins:
    offering = next((ids[name] for name in _OFFERING_PINS if name in ids), None)
    return Pins(
        _text(offering), _text(ids.get("playbook")), _text(ids.get("persona")), _text(ids.get("segment"))
    )


def rules_of(settings: Mapping[str, Any]) -> Settings:
    """An agent's settings as rules for matching: one id fixes, several narrow, NONE switches off."""
    offering = settings.get("productOId") or settings.get("serviceOId")
    return Settings(
        offering=_rule([offering], settings, "offerings"),
        playbook=_rule([settings.get("playbookOId")], settings, "playbooks"),
        persona=_rule(settings.get("personaOIds") or [], settings, "personas"),
        segment=_rule(settings.get("segmentOIds") or [], settings, "segments"),
    )


def _rule(oids: list[str | None], settings: Mapping[str, Any], section: str) -> Rule:
    ids = tuple(str(one) for oid in oids if oid and (one := parse(oid)))
    if ids:
        return Rule(Mode.FIXED if len(ids) == 1 else Mode.SUBSET, ids)
    strategy = _within(settings, "data", "commonContext", "entities", section, "strategy")
    return Rule(Mode.OFF) if strategy in ("NONE", "OFF") and section != "offerings" else Rule()


def _within(value: Any, *names: str) -> Any:
    """What stands under the names, one in the other; None where a client kept something of another shape."""
    for name in names:
        value = value.get(name) if isinstance(value, Mapping) else None
    return value


def named_ids(settings: Mapping[str, Any]) -> list[UUID]:
    """Ids that the agent's settings name, so that the index cannot pass over them."""
    rules = rules_of(settings)
    several = (rules.offering, rules.playbook, rules.persona, rules.segment)
    return [UUID(one) for rule in several for one in rule.ids]


def prospect_of(identity: Identity, request: SequenceRun, said: Sequence[Fact] = ()) -> Prospect:
    """`said` is what the person said on a call."""
    context = request.runtimeContext or {}
    told = [text for step, text in sorted(context.items()) if step not in NAMES_A_CALL]
    return Prospect(
        job_title=identity.job_title,
        company_name=identity.company_name,
        company_domain=identity.company_domain,
        runtime_context="\n".join([*told, *(fact.text for fact in said)]) or None,
        selection_context=request.playbookSelectionContext,
    )


def _text(value: UUID | None) -> str | None:
    return str(value) if value else None
