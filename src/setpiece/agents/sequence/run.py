"""The sequence agent: choose, gather, write, annotate."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from setpiece.agents.identity import Identity
from setpiece.agents.model import Agent, AgentType, credits_for
from setpiece.agents.running import Outcome, Run, Runnable
from setpiece.agents.sequence.answer import choice_record, data_for, plan_for
from setpiece.agents.sequence.brief import brief_for
from setpiece.agents.sequence.candidates import Loaded, load_candidates
from setpiece.agents.sequence.gather import BESIDE, MOST_BESIDE, Chosen, gather
from setpiece.agents.sequence.messages import message_for, nobody, nothing_to_sell
from setpiece.agents.sequence.rules import as_pins, named_ids, pinned_ids, prospect_of, rules_of
from setpiece.agents.sequence.schemas import SequenceRun
from setpiece.agents.sequence.templates import filled_templates
from setpiece.agents.sequence.writer import Draft, write
from setpiece.kernel.ids import parse
from setpiece.library.model import Entity
from setpiece.library.playbooks.repository import PlaybookRepository
from setpiece.library.playbooks.service import with_traits
from setpiece.library.service import entities
from setpiece.matching.choose import choose
from setpiece.matching.model import Choice, Pick
from setpiece.workspaces.work import Work


@dataclass(frozen=True, slots=True)
class _Selection:
    """What was chosen for the prospect; `chosen` is None when there is nothing to sell."""

    choice: Choice
    loaded: Loaded
    chosen: Chosen | None = None
    templates: Draft | None = None


async def write_sequence(run: Run[SequenceRun]) -> Outcome:
    """Write the emails for one person, and say why so.

    Raises:
        Invalid: a pinned id is not in this workspace.
    """
    assert run.identity is not None
    request, settings = run.request, run.agent.settings
    async with run.open_work() as work:
        selection = await _select(work, run, run.identity)
    chosen, choice, record = selection.chosen, selection.choice, choice_record(selection.choice)
    if chosen is None:
        return Outcome(nothing_to_sell(selection.loaded, choice), choice=record)
    with run.timing.stage("write"):
        facts = gather(chosen, request)
        draft = selection.templates or write(brief_for(run.identity, chosen, facts, request, settings))
    message = message_for(request, run.identity, choice, draft)
    if not draft.emails:
        return Outcome(message, choice=record)
    if request.dryRun:
        return Outcome(
            message, plan_for(record, draft.emails, would_use=credits_for(AgentType.EMAIL)), record
        )
    data = data_for(chosen, choice, draft.emails, request.outputFormat, full=request.includeFullAnnotation)
    persona_id = chosen.persona.id if chosen.persona else None
    return Outcome(message, data, record, persona_id, len(draft.emails))


SEQUENCE = Runnable(
    AgentType.EMAIL, "sequence", "Write the emails for one person", SequenceRun, write_sequence, nobody()
)


async def _select(work: Work, run: Run[SequenceRun], identity: Identity) -> _Selection:
    request, settings = run.request, run.agent.settings
    with run.timing.stage("candidates"):
        pins = await pinned_ids(work, request)
        prospect = prospect_of(identity, request)
        loaded = await load_candidates(work, prospect, pins.values(), named_ids(settings))
    with run.timing.stage("choose"):
        choice = choose(prospect, loaded.candidates, as_pins(pins), rules_of(settings))
    if choice.offering is None:
        return _Selection(choice, loaded)
    with run.timing.stage("gather"):
        chosen = await _chosen(work, choice, loaded, run.agent)
        templates = await _templates(work, identity, chosen, settings)
    return _Selection(choice, loaded, chosen, templates)


async def _templates(
    work: Work, identity: Identity, chosen: Chosen, settings: Mapping[str, Any]
) -> Draft | None:
    """The playbook's own templates filled, where the agent wants them and there are any."""
    if not (settings.get("sequenceSettings") or {}).get("useTemplates"):
        return None
    return await filled_templates(work, identity, chosen)


async def _chosen(work: Work, choice: Choice, loaded: Loaded, agent: Agent) -> Chosen:
    assert choice.offering is not None
    offering = loaded.entities[UUID(choice.offering.id)]
    playbook = None
    if choice.playbook:
        (playbook,) = await with_traits(work, [loaded.entities[UUID(choice.playbook.id)]])
    persona = _entity(loaded, choice.persona)
    props = []
    if playbook and persona:
        props = await PlaybookRepository(work.scope).value_props(playbook.id, persona.id)
    named = await entities(work).by_ids(playbook.named_ids) if playbook else {}
    return Chosen(
        offering,
        playbook,
        persona,
        _entity(loaded, choice.segment),
        _allowed(named, agent.settings),
        props,
        await entities(work).beside(offering.id, BESIDE, MOST_BESIDE),
    )


def _allowed(named: Mapping[UUID, Entity], settings: Mapping[str, Any]) -> dict[UUID, Entity]:
    """Without the proof points and references that the agent's settings leave out."""
    only: dict[str, set[UUID | None]] = {}
    for field_name, kind in (("proofPointOIds", "proof-point"), ("referenceOIds", "reference")):
        if settings.get(field_name):
            only[kind] = {parse(oid) for oid in settings[field_name]}
    return {one.id: one for one in named.values() if one.kind not in only or one.id in only[one.kind]}


def _entity(loaded: Loaded, pick: Pick | None) -> Entity | None:
    return loaded.entities[UUID(pick.id)] if pick else None
