"""Queries on agents and experiments, for one workspace."""

from collections.abc import Sequence
from typing import Any, Literal
from uuid import UUID

import asyncpg
import orjson

from setpiece.agents.model import Agent, AgentType, Arm, Experiment, RunStrategy
from setpiece.kernel.pages import Page, Window
from setpiece.storage.database import Scope
from setpiece.storage.json import as_json

Order = Literal["createdAt", "updatedAt"]
_COLUMN = {"createdAt": "created_at", "updatedAt": "updated_at"}


class AgentRepository:
    """The agents and experiments of one workspace."""

    def __init__(self, scope: Scope) -> None:
        self._connection = scope.connection
        self._workspace_id = scope.workspace_id

    async def get(self, agent_id: UUID, *, lock: bool = False) -> Agent | None:
        row = await self._connection.fetchrow(
            "select * from agents where workspace_id = $1 and id = $2 and deleted_at is null"
            f"{' for update' if lock else ''}",
            self._workspace_id,
            agent_id,
        )
        return _agent(row) if row else None

    async def by_ids(self, ids: Sequence[UUID]) -> dict[UUID, Agent]:
        rows = await self._connection.fetch(
            "select * from agents where workspace_id = $1 and id = any($2) and deleted_at is null",
            self._workspace_id,
            list(ids),
        )
        return {row["id"]: _agent(row) for row in rows}

    async def default(self, kind: AgentType) -> Agent | None:
        row = await self._connection.fetchrow(
            "select * from agents where workspace_id = $1 and type = $2 and is_default and deleted_at is null",
            self._workspace_id,
            kind,
        )
        return _agent(row) if row else None

    async def page(
        self, kind: AgentType | None, text: str | None, order: Order, *, descending: bool, window: Window
    ) -> Page[Agent]:
        where = """from agents where workspace_id = $1 and deleted_at is null and ($2::text is null or type = $2)
            and ($3::text is null or position(lower($3) in lower(name || ' ' || description)) > 0)"""
        arguments = (self._workspace_id, kind, text)
        direction = "desc" if descending else "asc"
        rows = await self._connection.fetch(
            f"select * {where} order by {_COLUMN[order]} {direction}, id {direction} limit $4 offset $5",
            *arguments,
            window.limit,
            window.offset,
        )
        total = await self._connection.fetchval(f"select count(*) {where}", *arguments)
        return Page([_agent(row) for row in rows], total, window)

    async def insert(self, agent: Agent, author_id: UUID) -> None:
        """A second default of a type is silently left out: two processes may make it at once."""
        await self._connection.execute(
            """insert into agents (id, workspace_id, name, description, type, is_default, settings, created_by,
                   created_at, updated_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict do nothing""",
            agent.id,
            self._workspace_id,
            agent.name,
            agent.description,
            agent.type,
            agent.is_default,
            as_json(agent.settings),
            author_id,
            agent.created_at,
            agent.updated_at,
        )

    async def update(self, agent: Agent) -> None:
        await self._connection.execute(
            """update agents set name = $3, description = $4, settings = $5, updated_at = $6
               where workspace_id = $1 and id = $2""",
            self._workspace_id,
            agent.id,
            agent.name,
            agent.description,
            as_json(agent.settings),
            agent.updated_at,
        )

    async def delete(self, agent: Agent) -> None:
        await self._connection.execute(
            "update agents set deleted_at = $3 where workspace_id = $1 and id = $2",
            self._workspace_id,
            agent.id,
            agent.updated_at,
        )

    async def insert_experiment(self, experiment: Experiment) -> None:
        await self._connection.execute(
            """insert into experiments (id, workspace_id, name, description, agent_type, run_strategy, arms, created_by,
                   created_at, updated_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)""",
            experiment.id,
            self._workspace_id,
            experiment.name,
            experiment.description,
            experiment.agent_type,
            experiment.strategy,
            as_json([{"agent_id": arm.agent_id, "weight": arm.weight} for arm in experiment.arms]),
            experiment.author_id,
            experiment.created_at,
            experiment.updated_at,
        )

    async def experiment(self, experiment_id: UUID) -> Experiment | None:
        row = await self._connection.fetchrow(
            "select * from experiments where workspace_id = $1 and id = $2 and deleted_at is null",
            self._workspace_id,
            experiment_id,
        )
        return _experiment(row) if row else None

    async def experiments(self, kind: AgentType | None, text: str | None) -> list[Experiment]:
        rows = await self._connection.fetch(
            """select * from experiments where workspace_id = $1 and deleted_at is null
               and ($2::text is null or agent_type = $2)
               and ($3::text is null or position(lower($3) in lower(name)) > 0) order by id desc limit 100""",
            self._workspace_id,
            kind,
            text,
        )
        return [_experiment(row) for row in rows]

    async def next_turn(self, experiment_id: UUID) -> int:
        """The turn that the next round-robin run will take."""
        taken: int | None = await self._connection.fetchval(
            "select value from counters where workspace_id = $1 and name = 'turns:' || $2::text",
            self._workspace_id,
            str(experiment_id),
        )
        return taken or 0

    async def take_turn(self, experiment_id: UUID) -> int:
        """0, 1, 2, …: the turn of one more round-robin run; concurrent runs get different ones."""
        turn: int = await self._connection.fetchval(
            """insert into counters as c values ($1, 'turns:' || $2::text, 0, 1)
               on conflict (workspace_id, name, shard) do update set value = c.value + 1 returning value - 1""",
            self._workspace_id,
            str(experiment_id),
        )
        return turn


def _agent(row: asyncpg.Record) -> Agent:
    return Agent(
        row["id"],
        row["name"],
        row["description"],
        AgentType(row["type"]),
        row["is_default"],
        orjson.loads(row["settings"]),
        row["created_at"],
        row["updated_at"],
    )


def _experiment(row: asyncpg.Record) -> Experiment:
    arms: list[dict[str, Any]] = orjson.loads(row["arms"])
    return Experiment(
        row["id"],
        row["name"],
        row["description"],
        AgentType(row["agent_type"]),
        RunStrategy(row["run_strategy"]),
        tuple(Arm(UUID(arm["agent_id"]), arm["weight"]) for arm in arms),
        row["created_by"],
        row["created_at"],
        row["updated_at"],
    )
