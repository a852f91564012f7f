"""`/v1/files/{mediaId}/speakers/…` (ours): who speaks is corrected, and corrections are undone."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Annotated, Any, Self

from pydantic import BaseModel, Field, FiniteFloat, StrictInt, model_validator

from setpiece.api.gtm.answers import BOOLEAN, INSTANT, array, obj, string
from setpiece.api.operation import Call, Operation
from setpiece.api.reports.heard_shapes import PERSON_SCHEMA, shown_people
from setpiece.api.reports.rates import FILES
from setpiece.kernel.clock import show_instant
from setpiece.kernel.errors import Invalid
from setpiece.kernel.ids import show
from setpiece.media.corrections.model import (
    CORRECTION_PREFIX,
    LONGEST_NAME,
    Change,
    Correction,
    MergeSpeakers,
    RenameSpeaker,
    SplitSpeaker,
    Stretch,
    SwapSpeakers,
)
from setpiece.media.corrections.service import Corrected, correct, list_corrections, undo
from setpiece.workspaces.model import MEMBER_PREFIX, Permission

_TAG = "Reports: speakers"
_Speaker = Annotated[
    StrictInt, Field(ge=0, le=10_000, description="`speakerIndex` of one who speaks", examples=[0])
]
_Seconds = Annotated[FiniteFloat, Field(ge=0, examples=[12.5])]
_CORRECTION = obj(
    "id type change createdAt createdByUserId applies",
    id=string("cor_0AbCdEfGhIjKlMnOpQrStU"),
    type=string("merge", enum=["merge", "split", "rename", "swap"]),
    change={"type": "object", "example": {"speakerIndex": 2, "into": 0}},
    createdAt=INSTANT,
    createdByUserId=string("u_0AbCdEfGhIjKlMnOpQrStU"),
    applies=BOOLEAN
    | {"description": "false: the file was heard otherwise since, so its speakers are others"},
)
_SPEAKERS = {"speakers": array(PERSON_SCHEMA)}
_ONE = obj("*", correction=_CORRECTION, **_SPEAKERS)
_ALSO = {409: "The file was not processed yet", 410: "The file was deleted"}


class MergeRequest(BaseModel):
    speakerIndex: _Speaker
    into: _Speaker


class RenameRequest(BaseModel):
    speakerIndex: _Speaker
    name: Annotated[
        str | None,
        Field(description=f"1 to {LONGEST_NAME} characters; null takes the name away", examples=["Maria"]),
    ]


class SplitRequest(BaseModel):
    startSeconds: _Seconds
    endSeconds: _Seconds
    speakerIndex: Annotated[
        _Speaker | None, Field(description="Whose speech it was taken for; everybody's when left out")
    ] = None
    into: Annotated[
        _Speaker | None, Field(description="Whose speech it is; a new speaker's when left out")
    ] = None


class SwapRequest(BaseModel):
    speakerIndex: _Speaker
    other: _Speaker
    startSeconds: _Seconds | None = None
    endSeconds: _Seconds | None = None

    @model_validator(mode="after")
    def _both_or_none(self) -> Self:
        if (self.startSeconds is None) != (self.endSeconds is None):
            raise ValueError(
                "must have both 'startSeconds' and 'endSeconds' for a stretch, or neither for the whole file"
            )
        return self


def operations() -> Iterator[Operation]:
    for verb, body, summary, told in (
        ("merge", MergeRequest, "Two speakers are one person", "All that `speakerIndex` says is then said by `into`."),
        ("split", SplitRequest, "A stretch is said by somebody else", "By a speaker who is there, or by a new one."),
        ("rename", RenameRequest, "Say what a speaker is called", "The name is this file's; an entity has a label of its own."),
        ("swap", SwapRequest, "Two speakers were taken for each other", "Throughout, or in a stretch. Names stay with the numbers."),
    ):  # fmt: skip
        yield Operation(
            "POST", f"/v1/files/{{mediaId}}/speakers/{verb}", _correct, Permission.WRITE, summary, _TAG, _ONE, body=body,
            rate=FILES, also_answers=_ALSO,
            description=f"{told} Transcript, timeline, measures, entities and later reports follow; reports that are there stay.",
        )  # fmt: skip
    yield Operation(
        "GET", "/v1/files/{mediaId}/speakers/corrections", corrections, Permission.READ, "See how speakers were corrected",
        _TAG, obj("*", corrections=array(_CORRECTION), **_SPEAKERS), rate=FILES, also_answers=_ALSO,
        audited="file.speakers.read",
    )  # fmt: skip
    yield Operation(
        "DELETE", "/v1/files/{mediaId}/speakers/corrections/{correctionId}", take_back, Permission.WRITE,
        "Undo a correction", _TAG, _ONE, rate=FILES, also_answers=_ALSO,
        description="As if it had never been made. One that a later correction needs is not undone before that.",
    )  # fmt: skip


Body = MergeRequest | SplitRequest | RenameRequest | SwapRequest


async def _correct(call: Call[None, Body]) -> dict[str, Any]:
    async with call.transaction() as work:
        correction, corrected = await correct(work, call.path["mediaId"], _change(call.body))
    return {"correction": _correction(correction, corrected), "speakers": _speakers(corrected)}


async def corrections(call: Call[None, None]) -> dict[str, Any]:
    async with call.bound() as work:
        made, corrected = await list_corrections(work, call.path["mediaId"])
    return {"corrections": [_correction(one, corrected) for one in made], "speakers": _speakers(corrected)}


async def take_back(call: Call[None, None]) -> dict[str, Any]:
    async with call.transaction() as work:
        correction, corrected = await undo(work, call.path["mediaId"], call.path["correctionId"])
    return {"correction": _correction(correction, corrected), "speakers": _speakers(corrected)}


def _change(body: Body) -> Change:
    match body:
        case MergeRequest():
            return MergeSpeakers(body.speakerIndex, body.into)
        case SplitRequest():
            return SplitSpeaker(Stretch(body.startSeconds, body.endSeconds), body.speakerIndex, body.into)
        case RenameRequest():
            return RenameSpeaker(body.speakerIndex, _name(body.name))
        case SwapRequest(startSeconds=float() as start_s, endSeconds=float() as end_s):
            return SwapSpeakers(body.speakerIndex, body.other, Stretch(start_s, end_s))
    return SwapSpeakers(body.speakerIndex, body.other, None)


def _name(name: str | None) -> str | None:
    if name is None:
        return None
    name = name.strip()
    if not 1 <= len(name) <= LONGEST_NAME:
        raise Invalid(f"'name' must have 1 to {LONGEST_NAME} characters; null takes the name away.")
    return name


def _correction(correction: Correction, corrected: Corrected) -> dict[str, Any]:
    return {
        "id": show(CORRECTION_PREFIX, correction.id),
        "type": correction.kind,
        "change": _shown(correction.change),
        "createdAt": show_instant(correction.created_at),
        "createdByUserId": show(MEMBER_PREFIX, correction.created_by),
        "applies": correction.heard == corrected.print,
    }


def _shown(change: Change) -> dict[str, Any]:
    """In the words in which it was sent."""
    given = asdict(change)
    stretch = given.pop("stretch", None)
    if stretch:
        given |= {"startSeconds": stretch["start_s"], "endSeconds": stretch["end_s"]}
    first = "one" if isinstance(change, SwapSpeakers) else "speaker"
    return {"speakerIndex": given.pop(first)} | given


def _speakers(corrected: Corrected) -> list[dict[str, Any]]:
    return shown_people(corrected.heard, corrected.known) if corrected.heard else []
