"""`/v1/playbooks/:id/decision` and `/portfolio`: whether a program should change course, and how sure that is (ours)."""

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel, Field

from setpiece.api.gtm.answers import BOOLEAN, INSTANT, INTEGER, Schema, array, maybe, obj, string
from setpiece.api.operation import Call, Operation
from setpiece.api.programs.reading import ONE, PATH, TAG, both
from setpiece.kernel.clock import show_instant
from setpiece.kernel.ids import show
from setpiece.programs.evidence.outlook import Outlook
from setpiece.programs.evidence.rule import DEFAULT_ALPHA, State
from setpiece.programs.model import PROGRAM_PREFIX
from setpiece.programs.outcomes.deciding import Assessment, assess_shown
from setpiece.programs.outcomes.evidence_record import evidence_record
from setpiece.programs.portfolio import Member, survey
from setpiece.programs.spec.model import ProgramStatus
from setpiece.workspaces.model import Permission

_NUMBER: Schema = {"type": "number"}
EVIDENCE: Schema = obj(
    "method alpha eNeeded samples successes eValue anytimeP",
    method=string("bb-eprocess/1"),
    alpha=_NUMBER | {"example": 0.1, "description": "Of playbooks on target, at most this share ever gets a false pivot in an epoch"},
    eNeeded=_NUMBER | {"example": 10, "description": "1 / alpha"},
    target={"type": "object", "description": "`rate`: the share of units that has to succeed; or `mean` of values clipped to `floor` and `cap`"},
    samples=INTEGER | {"description": "Units whose window is over"},
    successes=INTEGER,
    eValue=_NUMBER | {"description": "Evidence that the target is missed"},
    eValueAbove=_NUMBER | {"description": "Evidence that it is surpassed"},
    anytimeP=_NUMBER | {"description": "A p-value for 'on target' that holds however often it is looked at: 1 / the greatest evidence so far"},
    lowerBound=_NUMBER,
    upperBound=_NUMBER | {"description": "Each bound of the rate holds at every moment with probability 1 - alpha"},
)  # fmt: skip
DECISION: Schema = obj(
    "playbookId xEpoch at state sentence evidence blocks leadsStillNeeded unit windowDays pending late corrected retracted outcomes pivotsThisWeek",
    playbookId=string("pb_0AbCdEfGhIjKlMnOpQrStU"),
    xEpoch=INTEGER,
    at=INSTANT,
    state=string("no_evidence", enum=[*State]),
    sentence=string("60 accounts have had time to answer and 3 succeeded (5 %); the target is 6 %."),
    evidence=maybe(EVIDENCE),
    blocks=array(obj("*", code=string("evidence"), text=string("the evidence against the target is not enough"))),
    leadsStillNeeded=array(
        obj("*", ifShareOfTarget=_NUMBER, more=maybe(INTEGER)),
    )
    | {"description": "How many more units until the evidence suffices, as a rule, if from now on they succeed at this share of the target"},
    unit=string("account", enum=["account", "contact"]),
    windowDays=INTEGER,
    pending=INTEGER | {"description": "Units that were touched and have not matured"},
    late=INTEGER | {"description": "Units that succeeded after their window; they do not count"},
    corrected=INTEGER | {"description": "Successes that were reported after their unit was counted; they were added"},
    retracted=INTEGER | {"description": "Successes that were taken back after their unit was counted"},
    outcomes={"type": "object", "description": "How many of each kind were reported", "additionalProperties": INTEGER},
    pivotsThisWeek=INTEGER,
)  # fmt: skip


_AT_WORK = (ProgramStatus.ACTIVE, ProgramStatus.PAUSED)
_MEMBER: Schema = obj(
    "playbookId name status xEpoch state sentence evidence pending failing counted",
    playbookId=string("pb_0AbCdEfGhIjKlMnOpQrStU"),
    name=string("Series B SaaS. New head of growth"),
    status=string("active", enum=[*ProgramStatus]),
    xEpoch=INTEGER,
    state=string("no_evidence", enum=[*State]),
    sentence=string("60 accounts have had time to answer and 3 succeeded (5 %); the target is 6 %."),
    evidence=maybe(EVIDENCE),
    pending=INTEGER,
    failing=BOOLEAN,
    counted=BOOLEAN | {"description": "Everything that has matured is in it; if not, a worker counts the rest within a minute"},
)  # fmt: skip
_PORTFOLIO: Schema = obj(
    "*",
    playbooks=array(_MEMBER),
    alpha=_NUMBER,
    failing=INTEGER | {"description": "How many are"},
    at=INSTANT,
)


class PortfolioQuery(BaseModel):
    status: list[ProgramStatus] | None = Field(
        None, description="Only those with one of these; active and paused ones when it is left out"
    )
    alpha: float = Field(
        DEFAULT_ALPHA,
        gt=0,
        le=0.5,
        description="The share of false ones among those flagged",
        allow_inf_nan=False,
    )


def operations() -> Iterator[Operation]:
    yield both(Operation(
        "GET", f"{ONE}/decision", decision, Permission.READ, "Should this playbook change course?", TAG, obj("*", decision=DECISION),
        description="On everything that has matured by now in the present epoch. It may be asked as often as you like: the error rate "
        "holds at all times together.",
    ))  # fmt: skip

    yield both(Operation(
        "GET", f"{PATH}/portfolio", portfolio, Permission.READ, "All playbooks with their decisions, and which are failing", TAG,
        _PORTFOLIO, query=PortfolioQuery,
        description="Those with the most evidence against their target first. `failing` controls the false ones among many (e-BH): of the "
        "playbooks flagged, the expected share that is on target is at most `alpha`, however they depend on each other.",
    ))  # fmt: skip


async def portfolio(call: Call[PortfolioQuery, None]) -> dict[str, Any]:
    query = call.query
    async with call.bound() as work:
        members = await survey(work, query.status or _AT_WORK, query.alpha)
    return {
        "playbooks": [_show_member(one) for one in members],
        "alpha": query.alpha,
        "failing": sum(one.is_failing for one in members),
        "at": show_instant(call.services.now()),
    }


async def decision(call: Call[None, None]) -> dict[str, Any]:
    async with call.bound() as work:
        return {"decision": show_decision(await assess_shown(work, call.path["playbookId"]))}


def show_decision(found: Assessment) -> dict[str, Any]:
    standing, adaptation = found.standing, found.program.spec.adaptation
    return {
        "playbookId": show(PROGRAM_PREFIX, found.program.id),
        "xEpoch": standing.epoch,
        "at": show_instant(found.at),
        "state": found.decision.state,
        "sentence": found.sentence,
        "evidence": evidence_record(found),
        "blocks": [{"code": block.code, "text": block.text} for block in found.decision.blocks],
        "leadsStillNeeded": _still_needed(found.outlook),
        "unit": standing.unit,
        "windowDays": adaptation.pivot_window_days,
        "pending": standing.pending,
        "late": standing.late,
        "corrected": standing.corrected,
        "retracted": standing.retracted,
        "outcomes": dict(standing.kinds),
        "pivotsThisWeek": found.pivots_this_week,
    }


def _show_member(one: Member) -> dict[str, Any]:
    found = one.found
    return {
        "playbookId": show(PROGRAM_PREFIX, found.program.id),
        "name": found.program.spec.name,
        "status": found.program.status,
        "xEpoch": found.standing.epoch,
        "state": found.decision.state,
        "sentence": found.sentence,
        "evidence": evidence_record(found),
        "pending": found.standing.pending,
        "failing": one.is_failing,
        "counted": one.is_counted,
    }


def _still_needed(outlook: Outlook | None) -> list[dict[str, Any]]:
    found = outlook.still_needed if outlook else {}
    return [{"ifShareOfTarget": share, "more": more} for share, more in found.items()]
