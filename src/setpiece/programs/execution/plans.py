"""From what a spec and a run say to the plan of an executed run; what cannot be done is refused before anything is done."""

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from setpiece.agents.model import AgentType
from setpiece.agents.service import get_agent
from setpiece.events.service import get_endpoint
from setpiece.kernel.errors import Conflict, Invalid
from setpiece.kernel.field_problems import findings, sentence
from setpiece.kernel.ids import parse, show
from setpiece.kernel.pages import Window
from setpiece.library.repository import Filter
from setpiece.library.service import KIND_BY_NAME, entities
from setpiece.programs.execution.model import SENTENCES, Channel, Hold, Plan
from setpiece.programs.execution.schemas import Delivery
from setpiece.programs.spec.model import Spec
from setpiece.workspaces.work import Work

MAIL_CAP = 50
"""Mails of a program in a day when nobody says: what guides to cold email advise for one mailbox."""
_NAMESAKES = 100  # entities whose name contains the one that is looked for


async def plan_for(work: Work, spec: Spec, said: Mapping[str, Any], *, has_mail: bool) -> Plan:
    """The plan of a run of `spec`, of which the run itself says `said`: fields of `Delivery`.

    Raises:
        Invalid: a value cannot be, or names what is not there.
        NotFound: the endpoint or the agent is not there.
        Conflict: the endpoint is switched off, or mail is to be sent and there is no mail server.
    """
    wanted = _read(said)
    if wanted.agentOId:
        agent = await get_agent(work, wanted.agentOId)
        if agent.type is not AgentType.EMAIL:
            raise Invalid(
                f"'delivery.agentOId': agent '{agent.name}' writes no sequences; name a sequence agent."
            )
    if wanted.channel is Channel.SMTP and not has_mail:
        raise Conflict(SENTENCES[Hold.NO_MAIL_SERVER], code=Hold.NO_MAIL_SERVER)
    cap = MAIL_CAP if wanted.dailyCap is None and wanted.channel is Channel.SMTP else wanted.dailyCap
    return Plan(
        wanted.channel,
        wanted.approval,
        await _receiver(work, wanted),
        wanted.replyTo,
        tuple(wanted.followUpDays),
        cap,
        wanted.budget,
        wanted.minScore,
        wanted.agentOId,
        await _brief(work, spec),
        wanted.optOut,
    )


def _read(said: Mapping[str, Any]) -> Delivery:
    try:
        return Delivery.model_validate(dict(said))
    except ValidationError as problem:
        raise Invalid(f"'delivery': {sentence(findings(problem)[0])}.", code="invalid_fields") from problem


async def _receiver(work: Work, wanted: Delivery) -> str | None:
    if wanted.channel is not Channel.WEBHOOK:
        return None
    if not wanted.endpointId:
        raise Invalid(
            "'delivery.endpointId' is needed for 'webhook': make one at POST /v1/webhooks/endpoints first."
        )
    endpoint = await get_endpoint(work, wanted.endpointId)
    if endpoint.disabled_because:
        raise Conflict(SENTENCES[Hold.NO_RECEIVER], code=Hold.NO_RECEIVER)
    return str(endpoint.id)


async def _brief(work: Work, spec: Spec) -> dict[str, Any]:
    """What the program says of every message, in fields of the sequence agent's request.

    The hypothesis steers which playbook is chosen and is never quoted. How to write is said to each lead's own message.
    """
    strategy = spec.strategy
    pins = {
        kind: {"oId": await _oid(work, kind, named)}
        for kind, named in (("persona", strategy.persona), ("playbook", strategy.playbook))
        if named
    }
    brief: dict[str, Any] = {"playbookSelectionContext": strategy.hypothesis}
    if pins:
        brief["customContext"] = pins
    return brief


async def _oid(work: Work, kind: str, named: str) -> str:
    """The id of what a spec names by id or by name."""
    entity_id = parse(named)
    if entity_id and (await entities(work).kinds_of([entity_id])).get(entity_id) == kind:
        return named
    page = await entities(work).page(Filter((kind,), text=named), Window(_NAMESAKES))
    found = [one for one in page.items if one.name.casefold() == named.strip().casefold()]
    if len(found) != 1:
        told = "no" if not found else "more than one"
        field = f"strategy.x{kind.capitalize()}"
        raise Invalid(f"'{field}': the library has {told} {kind} '{named[:100]}'; name it by its id.")
    return show(KIND_BY_NAME[kind].prefix, found[0].id)
