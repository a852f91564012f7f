"""What was heard on a recording: the speakers as the contract has them, and our transcript, timeline and exports."""

from collections.abc import Iterator
from typing import Any, Literal

from pydantic import BaseModel, Field, StrictInt
from starlette.responses import Response

from setpiece.api.gtm.answers import BOOLEAN, INTEGER, array, maybe, obj, string
from setpiece.api.operation import Call, Operation
from setpiece.api.reports.files import FAILURE, shown_failure
from setpiece.api.reports.heard_shapes import (
    NUMBER,
    PERSON_SCHEMA,
    measures_schema,
    shown_measures,
    shown_overlap,
    shown_people,
    shown_span,
    shown_speakers,
    shown_turn,
)
from setpiece.api.reports.rates import FILES
from setpiece.kernel.errors import Conflict
from setpiece.kernel.ids import show
from setpiece.media.identities.service import speakers_of
from setpiece.media.model import Measures, SpeakerMeasures
from setpiece.media.recordings.heard import HeardCall, heard_call
from setpiece.media.recordings.model import RECORDING_PREFIX, ProcessingStatus, Recording, Wish
from setpiece.media.recordings.processing import MOST_SPEAKERS, hear_again, wish_of
from setpiece.media.recordings.service import get_recording
from setpiece.media.rttm import as_rttm
from setpiece.media.subtitles import as_srt, as_vtt
from setpiece.workspaces.model import Permission

_TAG = "Reports: files"
_GONE = {410: "The file was deleted"}
_SPEAKER = INTEGER | {"description": "From 0, in order of appearance"}
_HEAD: dict[str, Any] = {
    "mediaId": string("med_0AbCdEfGhIjKlMnOpQrStU"),
    "status": string("COMPLETED", enum=[*ProcessingStatus], description="The words of `processingStatus`"),
    "durationSeconds": maybe(NUMBER),
}
_OURS: dict[str, Any] = _HEAD | {
    "error": maybe(FAILURE),
    "language": maybe(string("en", description="That was heard or given; `und` when nobody spoke")),
    "speakersGiven": maybe(INTEGER),
    "languageGiven": maybe(string("en")),
}
_SPAN: dict[str, Any] = {"startSeconds": NUMBER, "endSeconds": NUMBER}
_UTTERANCE = obj("speakerIndex startSeconds endSeconds text", speakerIndex=_SPEAKER, **_SPAN, text=string("Hello."),
    words=array(obj("*", text=string("Hello."), **_SPAN, probability=NUMBER)))  # fmt: skip

Format = Literal["json", "srt", "vtt", "rttm"]
_MEDIA_TYPES: dict[Format, str] = {"srt": "application/x-subrip", "vtt": "text/vtt", "rttm": "text/plain"}


class TranscriptQuery(BaseModel):
    format: Format = Field(
        "json", description="json, or a file: srt and vtt are subtitles, rttm says who speaks when"
    )
    words: bool = Field(False, description="Each word with its time too; JSON only")


class ProcessRequest(BaseModel):
    """What is left out stays as it was; null lets the models find it."""

    speakers: StrictInt | None = Field(
        None, ge=1, le=MOST_SPEAKERS, description="How many speak", examples=[2]
    )
    language: str | None = Field(None, max_length=20, description="The language spoken", examples=["en"])


def operations() -> Iterator[Operation]:
    yield Operation(
        "GET", "/v1/files/{mediaId}/speakers", speakers, Permission.READ, "Who speaks, and what each says", _TAG,
        obj("*", **_HEAD, speakers=array(obj("*", speakerIndex=_SPEAKER, speechSeconds=NUMBER, transcript=string("Hello.")))),
        rate=FILES, audited="file.speakers.read", also_answers=_GONE, description="Empty until the recording was heard; `status` says how far that is.",
    )  # fmt: skip
    yield Operation(
        "GET", "/v1/files/{mediaId}/transcript", transcript, Permission.READ, "What was said, by whom and when", _TAG,
        obj("*", **_OURS, speakerCount=INTEGER, speakers=array(PERSON_SCHEMA), utterances=array(_UTTERANCE)),
        query=TranscriptQuery, rate=FILES, audited="file.transcript.read",
        also_answers=_GONE | {409: "A file was asked for, and the recording was not heard yet"},
        other_answers={media_type: string() for media_type in _MEDIA_TYPES.values()},
    )  # fmt: skip
    yield Operation(
        "GET", "/v1/files/{mediaId}/timeline", timeline, Permission.READ,
        "Who speaks when, who interrupts, and what can be counted", _TAG,
        obj("*", **_OURS, utterances=array(_UTTERANCE), segments=array(obj("*", speakerIndex=_SPEAKER, **_SPAN)),
            overlaps=array(obj("*", firstSpeakerIndex=_SPEAKER, secondSpeakerIndex=_SPEAKER, **_SPAN, isInterruption=BOOLEAN)),
            measures=maybe(measures_schema(Measures)), speakers=array(measures_schema(SpeakerMeasures))),
        rate=FILES, audited="file.timeline.read", also_answers=_GONE,
        description="Pitch and pace are measurements; nothing is concluded from them.",
    )  # fmt: skip
    yield Operation(
        "POST", "/v1/files/{mediaId}/process", process, Permission.WRITE, "Have a recording heard again", _TAG,
        obj("*", **_OURS), body=ProcessRequest, rate=FILES, also_answers=_GONE,
        description="With what you know of it; exactly what depends on that is redone, and until then what was heard before "
        "is still shown. With an empty object a recording that failed is tried again.",
    )  # fmt: skip


async def speakers(call: Call[None, None]) -> dict[str, Any]:
    recording, heard = await _heard(call)
    return _head(recording) | {"speakers": shown_speakers(heard) if heard else []}


async def transcript(call: Call[TranscriptQuery, None]) -> dict[str, Any] | Response:
    recording, heard = await _heard(call)
    if call.query.format != "json":
        return _file(recording, heard, call.query.format)
    async with call.bound() as work:
        known = await speakers_of(work.scope, recording.id)
    turns = heard.turns.turns if heard else ()
    return _ours(recording) | {
        "speakerCount": len(heard.measures.speakers) if heard else 0,
        "speakers": shown_people(heard, known) if heard else [],
        "utterances": [shown_turn(one, with_words=call.query.words) for one in turns],
    }


async def timeline(call: Call[None, None]) -> dict[str, Any]:
    recording, heard = await _heard(call)
    nothing: dict[str, Any] = {
        "utterances": [],
        "segments": [],
        "overlaps": [],
        "measures": None,
        "speakers": [],
    }
    return _ours(recording) | (_timeline(heard) if heard else nothing)


def _timeline(heard: HeardCall) -> dict[str, Any]:
    return {
        "utterances": [shown_turn(one) for one in heard.turns.turns],
        "segments": [{"speakerIndex": one.speaker} | shown_span(one.span) for one in heard.speakers.spans],
        "overlaps": [shown_overlap(one) for one in heard.turns.overlaps],
        "measures": shown_measures(heard.measures),
        "speakers": [shown_measures(one) for one in heard.measures.speakers],
    }


async def process(call: Call[None, ProcessRequest]) -> dict[str, Any]:
    sent = call.body
    asked = wish_of(sent.speakers, sent.language)

    def wish(before: Wish) -> Wish:
        return Wish(
            asked.speakers if "speakers" in sent.model_fields_set else before.speakers,
            asked.language if "language" in sent.model_fields_set else before.language,
        )

    async with call.transaction() as work:
        recording = await hear_again(work, call.path["mediaId"], wish, call.request_id)
    return _ours(recording)


async def _heard(call: Call[Any, None]) -> tuple[Recording, HeardCall | None]:
    async with call.bound() as work:
        recording = await get_recording(work, call.path["mediaId"])
        return recording, await heard_call(work.scope, recording.id)


def _head(recording: Recording) -> dict[str, Any]:
    return {
        "mediaId": show(RECORDING_PREFIX, recording.id),
        "status": recording.processing_status,
        "durationSeconds": recording.duration_s,
    }


def _ours(recording: Recording) -> dict[str, Any]:
    return _head(recording) | {
        "error": shown_failure(recording),
        "language": recording.language,
        "speakersGiven": recording.wish.speakers,
        "languageGiven": recording.wish.language,
    }


def _file(recording: Recording, heard: HeardCall | None, form: Format) -> Response:
    """Raises Conflict before the recording was heard: an empty file would look like a silent call."""
    if heard is None:
        raise Conflict(
            f"The recording was not heard yet, it is {recording.processing_status}; ask again once 'processingStatus' is COMPLETED.",
            details={"reason": "not_heard"},
        )
    name = show(RECORDING_PREFIX, recording.id)
    match form:
        case "srt":
            content = as_srt(heard.turns, heard.names)
        case "vtt":
            content = as_vtt(heard.turns, heard.names)
        case _:
            content = as_rttm(name, heard.speakers.spans, heard.names)
    headers = {
        "content-disposition": f'attachment; filename="{name}.{form}"',
        "x-content-type-options": "nosniff",
    }
    return Response(content, headers=headers, media_type=f"{_MEDIA_TYPES[form]}; charset=utf-8")
