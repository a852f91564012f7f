"""Which play for whom: candidates, choice, and what may be said with it. Shared by all agents that choose."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from setpiece.agents.model import Agent
from setpiece.agents.running import Run
from setpiece.agents.sequence.candidates import Loaded, load_candidates
from setpiece.agents.sequence.gather import BESIDE, MOST_BESIDE, Chosen
from setpiece.agents.sequence.likeness import ask
from setpiece.agents.sequence.rules import as_pins, named_ids, pinned_ids, rules_of
from setpiece.agents.sequence.schemas import SequenceRun
from setpiece.kernel.ids import parse
from setpiece.library.model import Entity
from setpiece.library.playbooks.repository import PlaybookRepository
from setpiece.library.playbooks.service import with_traits
from setpiece.library.service import entities
from setpiece.matching.choose import choose
from setpiece.matching.model import Choice, Pick, Prospect
from setpiece.workspaces.work import Work


@dataclass(frozen=True, slots=True)
class Selection:
    """What was chosen for the prospect; `chosen` is None when there is nothing to sell."""

    choice: Choice
    loaded: Loaded
    chosen: Chosen | None = None

    @property
    def persona_id(self) -> UUID | None:
        return self.chosen.persona.id if self.chosen and self.chosen.persona else None


async def select(work: Work, run: Run[Any], prospect: Prospect, request: SequenceRun) -> Selection:
    """Choose for a prospect, as the request's pins and the agent's settings allow.

    Raises:
        Invalid: a pinned id is not in this workspace.
    """
    settings = run.agent.settings
    with run.timing.stage("candidates"):
        asked = ask(run.tools.embedder, prospect)
        pins = await pinned_ids(work, request)
        loaded = await load_candidates(work, prospect, pins.values(), named_ids(settings), asked)
    with run.timing.stage("choose"):
        choice = choose(prospect, loaded.candidates, as_pins(pins), rules_of(settings), loaded.similar)
    if choice.offering is None:
        return Selection(choice, loaded)
    with run.timing.stage("gather"):
        return Selection(choice, loaded, await _chosen(work, choice, loaded, run.agent))


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
