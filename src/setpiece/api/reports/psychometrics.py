"""`/v2/psychometrics`: numbers on how somebody speaks in a recording. The request waits for the worker."""

from collections.abc import Iterator
from typing import Any

from setpiece.api.gtm.answers import INSTANT, array, obj, string
from setpiece.api.multipart import Form
from setpiece.api.operation import Call, Operation
from setpiece.api.reports.rates import OTHER
from setpiece.events.following import follow
from setpiece.jobs.model import Job
from setpiece.kernel.clock import show_instant
from setpiece.kernel.errors import Invalid, Unavailable
from setpiece.kernel.ids import show
from setpiece.media.recordings.model import Recording, Source
from setpiece.media.recordings.receive import Incoming, receive
from setpiece.reports.psychometrics.model import ANALYSIS_PREFIX, Analysis
from setpiece.reports.psychometrics.repository import AnalysisRepository
from setpiece.reports.psychometrics.service import (
    STRATEGIES,
    AskedBefore,
    ask_for_analysis,
    get_analysis,
    selector_of,
)
from setpiece.reports.targets.schemas import TargetSelector
from setpiece.workspaces.model import Permission
from setpiece.workspaces.receipts import check_key
from setpiece.workspaces.work import Work

_TAG = "Reports: psychometrics"
NOTICE = (
    "Heuristics over the words and turns of one recording. They are no psychological test, are not validated, compare with no population "
    "and read nothing from the sound of the voice; they must not be the ground for a decision about anybody."
)
_OURS = frozenset({"speech_not_installed", "weights_changed"})
_LABEL = "Psychometrics, deleted after it"
_NUMBER: dict[str, Any] = {"type": "number"}
_VALUE: dict[str, Any] = {"type": "number", "minimum": 0, "maximum": 1}
_ID = string("psy_0AbCdEfGhIjKlMnOpQrStU")
_ANSWER = obj(
    "*",
    analysisId=_ID,
    createdAt=INSTANT,
    expiresAt=INSTANT,
    psychometrics={"type": "object", "additionalProperties": _VALUE},
)
_SCORE = obj(
    "*",
    name=string("inquisitiveness"),
    value=_VALUE,
    formula=string("questions for each turn"),
    inputs={"type": "object", "additionalProperties": _NUMBER},
)
_SPEAKER = obj(
    "*",
    speakerIndex={"type": "integer"},
    speechSeconds=_NUMBER,
    strategy=string("dominant", enum=[*STRATEGIES]),
    confidence=_VALUE,
    speakers={"type": "integer"},
)
_INPUTS = obj(
    "*",
    analysisId=_ID,
    notice=string(NOTICE),
    language=string("en"),
    durationSeconds=_NUMBER,
    speaker=_SPEAKER,
    scores=array(_SCORE),
)
_FORM = obj(
    "file strategy",
    file=string(format="binary", description="The recording; it is deleted before the answer is given"),
    strategy=string("dominant", enum=[*STRATEGIES]),
    hint=string("the one asking the questions", maxLength=1024, description="For the strategy `magic_hint`"),
)


def operations() -> Iterator[Operation]:
    yield Operation(
        "POST", "/v2/psychometrics", create, Permission.WRITE, "Measure how somebody speaks in a recording", _TAG, _ANSWER,
        streamed_body={"multipart/form-data": _FORM}, is_idempotent=True, rate=OTHER,
        also_answers={413: "The file is too large", 415: "The file is empty, or not audio or video", 503: "Not ready in time, or no speech models"},
        description=f"{NOTICE} The answer comes when the recording is processed, which takes a worker with the speech stack.",
    )  # fmt: skip
    yield Operation(
        "GET", "/v2/psychometrics/{analysisId}", read, Permission.READ, "Get an analysis", _TAG, _ANSWER, rate=OTHER,
        audited="psychometrics.read", description="For seven days.",
    )  # fmt: skip
    yield Operation(
        "GET", "/v2/psychometrics/{analysisId}/inputs", read_inputs, Permission.READ, "What each number was made of", _TAG,
        _INPUTS, rate=OTHER, audited="psychometrics.read", description=NOTICE,
    )  # fmt: skip


async def create(call: Call[None, None]) -> dict[str, Any]:
    key = check_key(call.request.headers.get("idempotency-key"))
    form = Form(call.request, "file", call.services.settings.max_upload_bytes)
    return _shown(await _wait(call, await _ask(call, form, key)))


async def _ask(call: Call[None, None], form: Form, key: str | None) -> Job:
    asked: list[Job] = []

    def selector() -> TargetSelector:
        return selector_of(form.fields.get("strategy"), form.fields.get("hint"))

    def label() -> str:
        """Asked for once the form is complete: what is wrong with it is said before anything is kept."""
        selector()
        return _LABEL

    async def ask(work: Work, recording: Recording) -> None:
        asked.append(await ask_for_analysis(work, recording, selector(), key, call.request_id))

    incoming = Incoming(
        form.file(), label, Source.SDK, None, call.principal.key_id, request_id=call.request_id, also=ask
    )
    try:
        await receive(call.transaction, call.services.blobs, incoming)
    except AskedBefore as before:
        return before.job
    return asked[-1]


async def _wait(call: Call[None, None], job: Job) -> Analysis:
    """Until the job is over.

    Raises:
        Unavailable: it is not over in time; it goes on, and the message says where its answer will be.
        Invalid: nobody was found, or the recording cannot be analysed.
    """
    ended = job if job.status.is_final else None
    if ended is None:
        async for told in follow(call.services.watching, job, None, call.services.settings.longest_wait_s):
            ended = told.job if told.type == "terminal" else None
    if ended is None:
        raise Unavailable(
            f"The recording is not processed within {call.services.settings.longest_wait_s:.0f} s. It goes on: "
            f"GET /v2/psychometrics/{show(ANALYSIS_PREFIX, job.id)} will have the answer.",
            code="still_processing",
        )
    async with call.bound() as work:
        return _answered(ended, await AnalysisRepository(work.scope).find(job.id, work.at))


def _answered(job: Job, found: Analysis | None) -> Analysis:
    if found is None:
        raise Unavailable(job.error or "The analysis was canceled.", code=job.error_code)
    if found.failure is None:
        return found
    if found.failure.code in _OURS:
        raise Unavailable(found.failure.message, code=found.failure.code)
    raise Invalid(found.failure.message, code=found.failure.code)


async def read(call: Call[None, None]) -> dict[str, Any]:
    async with call.bound() as work:
        return _shown(await get_analysis(work, call.path["analysisId"]))


async def read_inputs(call: Call[None, None]) -> dict[str, Any]:
    async with call.bound() as work:
        found = await get_analysis(work, call.path["analysisId"])
    return {"analysisId": show(ANALYSIS_PREFIX, found.id), "notice": NOTICE, **found.inputs}


def _shown(one: Analysis) -> dict[str, Any]:
    return {
        "analysisId": show(ANALYSIS_PREFIX, one.id),
        "createdAt": show_instant(one.created_at),
        "expiresAt": show_instant(one.expires_at),
        "psychometrics": dict(one.scores),
    }
