"""The sequence of one lead, and what its row says."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from pydantic import ValidationError

from setpiece.agents.run_repository import RunRepository
from setpiece.agents.running import Tools, run_agent
from setpiece.agents.sequence.exports.model import Ready, ready_from, ready_of
from setpiece.agents.sequence.run import SEQUENCE
from setpiece.agents.sequence.schemas import SequenceRun
from setpiece.kernel.content import check_content
from setpiece.kernel.errors import ErrorKind, SetpieceError
from setpiece.kernel.field_problems import findings, sentence
from setpiece.workspaces.work import OpenWork


class Status(StrEnum):
    WRITTEN = "written"
    NOT_FOUND = "not_found"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one lead; `ready` has no emails unless it was written."""

    ready: Ready
    status: Status
    message: str


async def write_for(
    request_id: str, fields: Mapping[str, Any], agent: str | None, open_work: OpenWork, tools: Tools
) -> Result:
    """Write for one lead; a run of that id that is kept already is answered and not done again.

    Raises:
        Unavailable: the database does not answer; the lead is not to blame, and nothing is said of it.
    """
    async with open_work() as work:
        kept = await RunRepository(work.scope).newest(request_id)
    if kept:
        status = Status.WRITTEN if kept.found else Status.NOT_FOUND
        return Result(ready_from(kept), status, str(kept.output["message"]))
    sent = dict(fields) | ({"agentOId": agent} if agent else {})
    try:
        check_content(sent)
        answer = await run_agent(SEQUENCE, SequenceRun.model_validate(sent), request_id, open_work, tools)
    except ValidationError as problem:
        return _failed(request_id, fields, f"{sentence(findings(problem)[0])}.")
    except SetpieceError as problem:
        if problem.kind is ErrorKind.UNAVAILABLE:
            raise
        return _failed(request_id, fields, problem.message)
    outcome = answer.outcome
    status = Status.WRITTEN if outcome.data else Status.NOT_FOUND
    return Result(ready_of(request_id, fields, outcome.data or {}), status, outcome.message)


def _failed(request_id: str, fields: Mapping[str, Any], message: str) -> Result:
    return Result(ready_of(request_id, fields, {}), Status.FAILED, message)
