"""Use cases on saved agents."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from setpiece.agents.model import TYPES, Agent, AgentType
from setpiece.agents.repository import AgentRepository
from setpiece.agents.schemas import AgentCreate, AgentFields, AgentUpdate
from setpiece.kernel.errors import Conflict, Invalid, NotFound
from setpiece.kernel.ids import new_uuid, parse
from setpiece.library.service import entities
from setpiece.storage.json import as_json
from setpiece.workspaces.work import Work

MOST_SETTINGS_CHARACTERS = 1_000_000
"""Of an agent as JSON: each update can add to it, each run reads it, and a list reads a thousand of them."""

# Fields that name library entities, and the kinds each may name.
_NAMED = {
    "productOId": ("product", "service"),
    "serviceOId": ("product", "service"),
    "playbookOId": ("playbook",),
    "personaOIds": ("persona",),
    "useCaseOIds": ("use-case",),
    "segmentOIds": ("segment",),
    "competitorOIds": ("competitor",),
    "referenceOIds": ("reference",),
    "proofPointOIds": ("proof-point",),
}


async def default_agent(work: Work, kind: AgentType = AgentType.EMAIL) -> Agent:
    """The workspace's own agent of a type, made when somebody first looks for it."""
    repository = AgentRepository(work.scope)
    found = await repository.default(kind)
    if found is None:
        told = TYPES[kind]
        agent = Agent(new_uuid(), f"{told.name} agent", told.description, kind, True, {}, work.at, work.at)
        await repository.insert(agent, work.author.id)
        found = await repository.default(kind)  # perhaps made by another request meanwhile
    assert found is not None
    return found


async def get_agent(work: Work, oid: str, *, lock: bool = False) -> Agent:
    """With `lock` nobody else changes it before the transaction ends.

    Raises:
        NotFound: the workspace has no such agent.
    """
    agent_id = parse(oid)
    agent = await AgentRepository(work.scope).get(agent_id, lock=lock) if agent_id else None
    if agent is None:
        raise NotFound(f"There is no agent '{oid[:64]}' in this workspace; agents/list shows the ids.")
    return agent


async def create_agent(work: Work, body: AgentCreate) -> Agent:
    """Raises Invalid when a library id it names does not exist, or its settings are too large."""
    settings = _given(body)
    await _check_named(work, settings)
    name, description, kind = settings.pop("name"), settings.pop("description", ""), settings.pop("type")
    _check_size(settings)
    agent = Agent(new_uuid(), name, description, AgentType(kind), False, settings, work.at, work.at)
    await AgentRepository(work.scope).insert(agent, work.author.id)
    return agent


async def update_agent(work: Work, body: AgentUpdate) -> Agent:
    """Change the given settings; objects are merged one level deep.

    Raises:
        NotFound: there is no such agent.
        Invalid: a library id it names does not exist, or its settings became too large.
    """
    before, change = await get_agent(work, body.oId, lock=True), _given(body)
    # What it names already may be deleted by now: who sends an agent back as it is changes nothing.
    await _check_named(work, {one: told for one, told in change.items() if told != before.settings.get(one)})
    name, description = change.pop("name", before.name), change.pop("description", before.description)
    settings = {
        **before.settings,
        **{field: _merged(before.settings.get(field), value) for field, value in change.items()},
    }
    _check_size(settings)
    agent = replace(before, name=name, description=description, settings=settings, updated_at=work.at)
    await AgentRepository(work.scope).update(agent)
    return agent


async def delete_agent(work: Work, oid: str) -> Agent:
    """Raises Conflict for the default agent: runs without an agent need it."""
    agent = await get_agent(work, oid, lock=True)
    if agent.is_default:
        raise Conflict("This is the workspace's default agent; it can be changed, not deleted.")
    agent = replace(agent, updated_at=work.at)
    await AgentRepository(work.scope).delete(agent)
    return agent


# Enrichment reads the company's own page only when this is set: the server asks nobody by itself.
_HEEDED = {(kind, "enableWebSearch") for kind in (AgentType.ENRICH_PERSON, AgentType.ENRICH_COMPANY)}


def warnings_of(agent: Agent) -> list[str]:
    """What of the agent's settings has no effect here."""
    told = []
    if not TYPES[agent.type].runs_here:
        told.append(f"Agents of the type {agent.type} are kept but cannot run in this release.")
    told.extend(
        f"{field} has no effect: the embedded writer uses only the library and the request."
        for field in ("enableWebSearch", "enableCrmActivity", "enableHighEffortMode", "enableBrandVoice")
        if agent.settings.get(field) and (agent.type, field) not in _HEEDED
    )
    return told


def _given(body: AgentFields) -> dict[str, Any]:
    """What was sent, at every depth: in an update a setting that was left out stays as it is."""
    return body.model_dump(exclude={"oId"}, exclude_unset=True, exclude_none=True)


def _merged(before: Any, value: Any) -> Any:
    return {**before, **value} if isinstance(before, dict) and isinstance(value, dict) else value


def _check_size(settings: Mapping[str, Any]) -> None:
    if len(as_json(settings)) > MOST_SETTINGS_CHARACTERS:
        raise Invalid(
            f"The settings of one agent are longer than {MOST_SETTINGS_CHARACTERS:,} characters; keep less in them.",
            code="settings_too_large",
        )


async def _check_named(work: Work, settings: Mapping[str, Any]) -> None:
    for field, kinds in _NAMED.items():
        value = settings.get(field)
        oids = [value] if isinstance(value, str) else value or []
        found = await entities(work).kinds_of([one for oid in oids if (one := parse(oid))]) if oids else {}
        for oid in oids:
            named = parse(oid)
            if named is None or found.get(named) not in kinds:
                raise Invalid(
                    f"'{field}': there is no {kinds[0].replace('-', ' ')} '{oid[:64]}' in this workspace."
                )
