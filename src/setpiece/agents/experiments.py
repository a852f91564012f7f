"""Experiments: which of several agents answers a run, decided by rule and recorded with the run."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from setpiece.agents.model import Agent, Arm, Experiment, RunStrategy
from setpiece.agents.repository import AgentRepository
from setpiece.agents.schemas import ExperimentCreate
from setpiece.agents.service import get_agent
from setpiece.kernel.errors import Invalid, NotFound
from setpiece.kernel.ids import new_uuid, parse
from setpiece.workspaces.work import Work


async def create_experiment(work: Work, body: ExperimentCreate) -> tuple[Experiment, list[Agent]]:
    """Raises Invalid when an agent is missing, of another type, or no weight is above zero."""
    weights = {one.oId: one.weight for one in body.weights or ()}
    if len(weights) < len(body.weights or ()):
        raise Invalid("'weights' names an agent twice; give each one weight.")
    if unknown := weights.keys() - set(body.agentOIds):
        raise Invalid(f"'weights' names '{min(unknown)[:64]}', which is not among 'agentOIds'.")
    agents = [await get_agent(work, oid) for oid in dict.fromkeys(body.agentOIds)]
    for agent in agents:
        if agent.type != body.agentType:
            raise Invalid(
                f"Agent '{agent.name}' is of type {agent.type}, the experiment of {body.agentType}."
            )
    oids = dict.fromkeys(body.agentOIds)
    arms = [Arm(agent.id, weights.get(oid, 1.0)) for oid, agent in zip(oids, agents, strict=True)]
    if body.runStrategy is RunStrategy.WEIGHTED and not any(arm.weight > 0 for arm in arms):
        raise Invalid("'weights': at least one weight must be above zero.")
    experiment = Experiment(
        new_uuid(),
        body.name,
        body.description,
        body.agentType,
        body.runStrategy,
        arms,
        work.author.id,
        work.at,
        work.at,
    )
    await AgentRepository(work.scope).insert_experiment(experiment)
    return experiment, agents


async def assign(
    work: Work, oid: str, subject: str, *, keep: bool = True
) -> tuple[Agent, Experiment, Mapping[str, Any]]:
    """The agent that answers for `subject`, and how it was assigned.

    RANDOM and WEIGHTED are seeded with the experiment and the subject: the same person always gets the same arm.
    ROUND_ROBIN counts its turns; without `keep` it tells the next one and does not take it.

    Raises:
        NotFound: there is no such experiment, or every agent of it was deleted.
    """
    repository, experiment_id = AgentRepository(work.scope), parse(oid)
    experiment = await repository.experiment(experiment_id) if experiment_id else None
    if experiment is None:
        raise NotFound(f"There is no experiment '{oid[:64]}' in this workspace.")
    agents = await repository.by_ids([arm.agent_id for arm in experiment.arms])
    arms = [arm for arm in experiment.arms if arm.agent_id in agents]
    if not arms:
        raise NotFound(f"Every agent of experiment '{experiment.name}' was deleted.")
    how: Mapping[str, Any]
    if experiment.strategy is RunStrategy.ROUND_ROBIN:
        turn = await (repository.take_turn if keep else repository.next_turn)(experiment.id)
        chosen, how = arms[turn % len(arms)], {"turn": turn}
    else:
        draw = seeded_draw(experiment.id, subject)
        weighted = experiment.strategy is RunStrategy.WEIGHTED
        chosen, how = arm_at(arms, draw, weighted=weighted), {"draw": round(draw, 6), "subject": subject}
    return agents[chosen.agent_id], experiment, {"strategy": experiment.strategy, **how}


def seeded_draw(experiment_id: UUID, subject: str) -> float:
    """A number in [0, 1) that depends on nothing but the two arguments, evenly spread over subjects."""
    digest = hashlib.sha256(f"{experiment_id}\n{subject}".encode("utf-8", "replace")).digest()
    return int.from_bytes(digest[:7], "big") / (1 << 56)


def arm_at(arms: Sequence[Arm], draw: float, *, weighted: bool) -> Arm:
    """The arm whose slice of [0, 1) holds `draw`; slices are as wide as the weights, or equal."""
    widths = [arm.weight if weighted else 1.0 for arm in arms]
    position = draw * sum(widths)
    for arm, width in zip(arms, widths, strict=True):
        position -= width
        if position < 0:
            return arm
    return next(arm for arm, width in zip(reversed(arms), reversed(widths), strict=True) if width > 0)
