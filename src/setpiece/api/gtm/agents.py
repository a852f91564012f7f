"""Saved agents and experiments."""

from collections.abc import Iterator
from typing import Any, Literal

from pydantic import Field

from setpiece.agents import experiments, service
from setpiece.agents.model import (
    AGENT_PREFIX,
    EXPERIMENT_PREFIX,
    LANGUAGES,
    TYPES,
    Agent,
    AgentType,
    Experiment,
    credits_for,
)
from setpiece.agents.repository import AgentRepository
from setpiece.agents.schemas import AgentCreate, AgentUpdate, ExperimentCreate
from setpiece.api.gtm import lenient
from setpiece.api.gtm.answers import INSTANT, INTEGER, META, array, maybe, obj, page_of, ref, string, wrapped
from setpiece.api.gtm.envelope import data, flat, listed, meta
from setpiece.api.gtm.queries import OneQuery, PageQuery
from setpiece.api.operation import Call, Operation
from setpiece.kernel.clock import show_instant
from setpiece.kernel.ids import show
from setpiece.library.record import member
from setpiece.workspaces.model import Permission

_TAG = "Agents"


class AgentListQuery(PageQuery):
    type: AgentType | None = Field(None, description="Only agents of this type")
    query: str | None = Field(None, max_length=500, description="Part of a name or description")
    orderField: Literal["createdAt", "updatedAt"] = "createdAt"
    orderDirection: Literal["ASC", "DESC"] = "DESC"
    includeExperiments: bool = Field(
        False, description="Also list experiments, with the first page; may exceed the limit"
    )


_LISTED = obj(
    "oId name description createdAt updatedAt type costToRun itemType",
    oId=string("ca_0AbCdEfGhIjKlMnOpQrStU"),
    name=string("Sequence agent"),
    description=maybe(string()),
    createdAt=INSTANT,
    updatedAt=INSTANT,
    type=string("EMAIL"),
    costToRun=INTEGER,
    itemType=string("agent", enum=["agent", "experiment"]),
    steps=INTEGER,
)
_AGENT = obj(
    "*",
    oId=string("ca_0AbCdEfGhIjKlMnOpQrStU"),
    name=string("Sequence agent"),
    description=string(),
    type=string("EMAIL"),
    createdAt=INSTANT,
    updatedAt=INSTANT,
    costToRun=INTEGER,
    data={"type": "object"},
    warnings=array(string()),
)
_EXPERIMENT = obj(
    "*",
    _metadata=META,
    oId=string("ae_0AbCdEfGhIjKlMnOpQrStU"),
    name=string(),
    description=maybe(string()),
    agentType=string("EMAIL"),
    runStrategy=string("RANDOM"),
    agents=array(obj("*", oId=string(), name=string(), costToRun=INTEGER)),
    weights=array(obj("*", oId=string(), weight={"type": "number"})),
    createdAt=INSTANT,
    updatedAt=INSTANT,
    user=ref("Member"),
)
_TYPE = obj(
    "*", type=string("EMAIL"), name=string("Sequence"), description=string(), category=string("Outreach")
)
_EXAMPLE = {
    "name": "Outbound, five emails",
    "description": "For cold lists",
    "type": "EMAIL",
    "sequenceSettings": {
        "numEmails": 5,
        "tone": "direct",
        "sender": {"name": "Example Sender", "company": "Example"},
    },
}


def operations() -> Iterator[Operation]:
    read, write = Permission.READ, Permission.WRITE
    yield Operation(
        "GET", "/api/v2/agents/list", list_agents, read, "List saved agents", _TAG, page_of(_LISTED),
        query=AgentListQuery, also_at=[("GET", "/api/v2/agents")],
    )  # fmt: skip
    yield Operation(
        "GET", "/api/v2/agents/get", get, read, "Get one agent", _TAG, wrapped(_AGENT), query=OneQuery
    )
    yield Operation(
        "GET", "/api/v2/agents/types", types, read, "List the types of agent", _TAG,
        obj("*", _metadata=META, total=INTEGER, data=array(_TYPE)),
    )  # fmt: skip
    yield Operation(
        "GET", "/api/v2/agents/languages", languages, read, "List the languages that emails are written in", _TAG,
        wrapped(array(string("English"))),
    )  # fmt: skip
    yield Operation(
        "POST", "/api/v2/agents/create", create, write, "Save an agent", _TAG, wrapped(_AGENT),
        body=AgentCreate, lenient=lenient.settings, example=_EXAMPLE,
    )  # fmt: skip
    yield Operation(
        "POST", "/api/v2/agents/update", update, write, "Change the given settings of an agent", _TAG, wrapped(_AGENT),
        body=AgentUpdate, lenient=lenient.settings, also_at=[("PUT", "/api/v2/agents/update")],
    )  # fmt: skip
    yield Operation(
        "DELETE",
        "/api/v2/agents/delete",
        delete,
        write,
        "Delete an agent",
        _TAG,
        wrapped(_AGENT),
        query=OneQuery,
    )
    yield Operation(
        "POST", "/api/v2/agents/experiment/create", create_experiment, write, "Compare agents in an experiment", _TAG,
        _EXPERIMENT, body=ExperimentCreate, lenient=lenient.given,
    )  # fmt: skip


async def list_agents(call: Call[AgentListQuery, None]) -> dict[str, Any]:
    query = call.query
    async with call.bound() as work:
        await service.default_agent(work)
        repository = AgentRepository(work.scope)
        descending = query.orderDirection == "DESC"
        page = await repository.page(
            query.type, query.query, query.orderField, descending=descending, window=query.window
        )
        with_experiments = query.includeExperiments and not query.offset
        compared = await repository.experiments(query.type, query.query) if with_experiments else []
    items = [_item(one) for one in page.items] + [_experiment_item(one) for one in compared]
    return listed(call, page, items) | (
        {"agents": items} if call.request.url.path.endswith("/agents") else {}
    )


async def get(call: Call[OneQuery, None]) -> dict[str, Any]:
    async with call.bound() as work:
        agent = await service.get_agent(work, call.query.oId)
    return data(call, _shown(agent))


async def types(call: Call[None, None]) -> dict[str, Any]:
    shown = [
        {"type": kind, "name": one.name, "description": one.description, "category": one.category}
        for kind, one in TYPES.items()
    ]
    return {"_metadata": meta(call), "total": len(shown), "data": shown}


async def languages(call: Call[None, None]) -> dict[str, Any]:
    return data(call, list(LANGUAGES))


async def create(call: Call[None, AgentCreate]) -> dict[str, Any]:
    async with call.bound() as work:
        agent = await service.create_agent(work, call.body)
    return data(call, _shown(agent))


async def update(call: Call[None, AgentUpdate]) -> dict[str, Any]:
    async with call.transaction() as work:
        agent = await service.update_agent(work, call.body)
    return data(call, _shown(agent))


async def delete(call: Call[OneQuery, None]) -> dict[str, Any]:
    async with call.transaction() as work:
        agent = await service.delete_agent(work, call.query.oId)
    return data(call, _shown(agent))


async def create_experiment(call: Call[None, ExperimentCreate]) -> dict[str, Any]:
    async with call.bound() as work:
        experiment, agents = await experiments.create_experiment(work, call.body)
    oid_by_id = {agent.id: show(AGENT_PREFIX, agent.id) for agent in agents}
    return flat(
        call,
        {
            "oId": show(EXPERIMENT_PREFIX, experiment.id),
            "name": experiment.name,
            "description": experiment.description,
            "agentType": experiment.agent_type,
            "runStrategy": experiment.strategy,
            "agents": [
                {"oId": oid_by_id[agent.id], "name": agent.name, "costToRun": credits_for(agent.type)}
                for agent in agents
            ],
            "weights": [{"oId": oid_by_id[arm.agent_id], "weight": arm.weight} for arm in experiment.arms],
            "createdAt": show_instant(experiment.created_at),
            "updatedAt": show_instant(experiment.updated_at),
            "user": member(call.principal.member),
        },
    )


def _shown(agent: Agent) -> dict[str, Any]:
    settings = dict(agent.settings)
    further = settings.pop("data", {})
    return {
        "oId": show(AGENT_PREFIX, agent.id),
        "name": agent.name,
        "description": agent.description,
        "type": agent.type,
        "createdAt": show_instant(agent.created_at),
        "updatedAt": show_instant(agent.updated_at),
        "costToRun": credits_for(agent.type),
        "data": {**settings, **further},
        "warnings": service.warnings_of(agent),
    }


def _item(agent: Agent) -> dict[str, Any]:
    steps = (agent.settings.get("sequenceSettings") or {}).get("numEmails") or 3
    return {
        "oId": show(AGENT_PREFIX, agent.id),
        "name": agent.name,
        "description": agent.description,
        "createdAt": show_instant(agent.created_at),
        "updatedAt": show_instant(agent.updated_at),
        "type": agent.type,
        "costToRun": credits_for(agent.type),
        "itemType": "agent",
    } | ({"steps": steps} if agent.type is AgentType.EMAIL else {})


def _experiment_item(experiment: Experiment) -> dict[str, Any]:
    return {
        "oId": show(EXPERIMENT_PREFIX, experiment.id),
        "name": experiment.name,
        "description": experiment.description,
        "createdAt": show_instant(experiment.created_at),
        "updatedAt": show_instant(experiment.updated_at),
        "type": experiment.agent_type,
        "costToRun": credits_for(experiment.agent_type),
        "itemType": "experiment",
    }
