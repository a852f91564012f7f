"""Asking for an analysis, and reading one."""

import hashlib

from pydantic import ValidationError

from setpiece.jobs.model import Job
from setpiece.jobs.queue import enqueue, get_job
from setpiece.kernel.errors import Invalid, NotFound
from setpiece.kernel.field_problems import findings, sentence
from setpiece.kernel.ids import parse, show
from setpiece.media.recordings.model import Recording
from setpiece.reports.matchings.repository import MatchingRepository
from setpiece.reports.psychometrics.model import ANALYSE, Analysis
from setpiece.reports.psychometrics.repository import AnalysisRepository
from setpiece.reports.targets.schemas import Strategy, TargetSelector
from setpiece.workspaces.receipts import Receipt, claim, find_receipt, hold_key
from setpiece.workspaces.work import Work

OPERATION = "POST /v2/psychometrics"
STRATEGIES = (Strategy.DOMINANT, Strategy.MAGIC_HINT)


class AskedBefore(Exception):
    """The same request has become `job` already, so its recording is not needed once more."""

    def __init__(self, job: Job) -> None:
        super().__init__(f"it has become job {job.id} before")
        self.job = job


def selector_of(strategy: str | None, hint: str | None) -> TargetSelector:
    """The selector from the fields of a form.

    Raises:
        Invalid: the strategy is not one of the two, or the hint is missing.
    """
    if strategy not in STRATEGIES:
        raise Invalid(f"'strategy' must be one of {', '.join(STRATEGIES)}.")
    try:
        return TargetSelector.model_validate({"strategy": strategy, "hint": hint or None})
    except ValidationError as problem:
        raise Invalid(f"{sentence(findings(problem)[0])}.") from problem


async def ask_for_analysis(
    work: Work, recording: Recording, selector: TargetSelector, key: str | None, request_id: str
) -> Job:
    """Have the recording analysed and then deleted, in the transaction that writes it: no recording is ever left without its job.

    Raises:
        AskedBefore: the key was sent before with the same; let the transaction fail.
        Conflict: the key was sent before with another file or selector.
    """
    asked = f"{(recording.sha256 or b'').hex()} {selector.model_dump_json()}"
    print_of_request = hashlib.sha256(asked.encode()).digest()
    if key:
        await hold_key(work, OPERATION, key)
        if sent_before := await find_receipt(work, OPERATION, key):
            sent_before.require(print_of_request)
            raise AskedBefore(await get_job(work, show("job", sent_before.subject_id), ANALYSE))
    job = await enqueue(
        work,
        ANALYSE,
        {
            "recordingId": str(recording.id),
            "selector": selector.model_dump(mode="json"),
        },
        request_id=request_id,
        waits_on=await MatchingRepository(work.scope).hold_unheard([recording.id]),
    )
    if key:
        await claim(work, OPERATION, key, Receipt(job.id, print_of_request))
    return job


async def get_analysis(work: Work, shown_id: str) -> Analysis:
    """Raises NotFound when the workspace has none of that id, none any more, or none yet."""
    analysis_id = parse(shown_id)
    found = await AnalysisRepository(work.scope).find(analysis_id, work.at) if analysis_id else None
    if found is None or found.failure:
        raise NotFound(f"There is no analysis '{shown_id[:64]}' in this workspace; they are kept for 7 days.")
    return found
