"""What somebody said on a recorded call, for those who write to them afterwards: a handful of sentences, word for word."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from setpiece.kernel.errors import NotFound
from setpiece.kernel.ids import show
from setpiece.media.identities.service import list_appearances
from setpiece.media.recordings.model import RECORDING_PREFIX
from setpiece.media.recordings.repository import RecordingRepository
from setpiece.reports.calls import load_call
from setpiece.reports.model import Call
from setpiece.reports.moments import Kind, Moment, Said, find_moments
from setpiece.reports.service import get_report
from setpiece.reports.writing.realise import quoted_text
from setpiece.workspaces.audit import note
from setpiece.workspaces.work import Work

# What comes up in which order: the trouble first, then what stands in the way, then what an agreement depends on.
_TOLD: tuple[tuple[Kind, ...], ...] = (
    (Kind.PAIN, Kind.NEED),
    (Kind.OBJECTION, Kind.OTHERS_DOUBT),
    (Kind.CRITERION, Kind.BUDGET, Kind.PREFERENCE),
)
_FEWEST_WORDS, _MOST_WORDS = 4, 20
"""Of a quotation: below it says nothing by itself, above it fills an email. Sentences of emails have 24 words at most."""
_MOST = 7
"""As many as a sequence has emails."""


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of one speaker as they were heard, without the stop at their end."""

    text: str
    start_s: float
    end_s: float


@dataclass(frozen=True, slots=True)
class Recalled:
    """What somebody said on a call.

    Attributes:
        source_id: The report's id, or the recording's when no report was named.
        label: The recording's.
        name: The speaker's, as far as it was said or set.
        quotes: The one to come back to first at the front.
    """

    source_id: str
    label: str
    name: str | None
    quotes: tuple[Quote, ...]


async def recall_report(work: Work, report_id: str) -> Recalled:
    """What the speaker of a report said.

    Raises:
        NotFound: there is no such report, or its recording is gone.
    """
    report = await get_report(work, report_id)
    call = await _call(work, report.recording_id)
    assert report.target is not None
    if call is None:
        raise NotFound("The recording of the report was deleted.")
    return recalled(call, int(report.target["speakerIndex"]), report_id)


async def recall_entity(work: Work, entity_id: str) -> Recalled:
    """What a voice said on the newest recording that it is heard on.

    Raises:
        NotFound: there is no such entity, or no recording of it is left.
    """
    for one in await list_appearances(work, entity_id, 1):
        if call := await _call(work, one.recording_id):
            return recalled(call, one.speaker, show(RECORDING_PREFIX, one.recording_id))
    raise NotFound("No recording of the entity is left.")


def recalled(call: Call, speaker: int, source_id: str) -> Recalled:
    """Pure."""
    found = find_moments(call, speaker)
    groups = [[one for one in found.of(*kinds) if _can_be_quoted(one)] for kinds in _TOLD]
    quotes = [
        Quote(quoted_text(one.said), round(one.said.start_s, 2), round(one.said.end_s, 2))
        for one in _in_turn(groups)
    ]
    return Recalled(source_id, call.label, found.name, tuple(quotes[:_MOST]))


def _in_turn(groups: Sequence[Sequence[Moment]]) -> list[Moment]:
    """One of each group, then the next of each; no words twice."""
    chosen: list[Moment] = []
    for rank in range(max(map(len, groups), default=0)):
        for group in groups:
            if rank < len(group) and not any(_are_same(group[rank].said, one.said) for one in chosen):
                chosen.append(group[rank])
    return chosen


def _are_same(one: Said, other: Said) -> bool:
    texts = quoted_text(one).casefold(), quoted_text(other).casefold()
    return one.overlaps(other) or texts[0] in texts[1] or texts[1] in texts[0]


def _can_be_quoted(moment: Moment) -> bool:
    """Whether the words can stand alone in a letter: no question, nothing that another's question has to explain."""
    words = len(moment.said.words)
    return _FEWEST_WORDS <= words <= _MOST_WORDS and not moment.said.is_question and not moment.is_vague


async def _call(work: Work, recording_id: UUID) -> Call | None:
    """The call, the reading noted; None when it is gone."""
    recording = await RecordingRepository(work.scope).find(recording_id)
    call = await load_call(work.scope, recording) if recording and not recording.deleted_at else None
    if call is not None:
        await note(work, "call.recall", recording_id)
    return call
