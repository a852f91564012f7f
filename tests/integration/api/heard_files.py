"""Files that were heard, without a model: what the stages would have kept."""

from collections.abc import Sequence
from uuid import UUID

from setpiece.api.services import Services
from setpiece.media.identities.recordings import identify_recording
from setpiece.media.measures import MeasuresOptions, measure
from setpiece.media.model import Pitch, Speakers, SpeakerSpan, Stage, Voice, VoicePitch, Word, Words
from setpiece.media.recordings.repository import RecordingRepository
from setpiece.media.recordings.stage_results import Made, StageResults
from setpiece.media.turns import TurnsOptions, make_turns
from setpiece.providers.speech.values import Language, Span

TURN_S = 10.0


def axis(number: int) -> tuple[float, ...]:
    """A voice; those of two numbers are strangers'."""
    return tuple(float(number == place) for place in range(192))


async def hear(
    services: Services,
    workspace_id: UUID,
    recording_id: UUID,
    order: Sequence[int],
    word: str = "word",
    model: str = "d+s+voices",
) -> None:
    """The file is processed: speakers of `order` take turns of ten seconds, with a word each second and a voice each."""
    speakers, words = _spoken(order, word)
    turns = make_turns(words, speakers, TurnsOptions())
    duration_s = TURN_S * len(order)
    pitch = Pitch(tuple(VoicePitch(one.speaker, 5.0, 120.0, 3.0) for one in speakers.voices))
    measures = measure(duration_s, "en", speakers, turns, pitch, MeasuresOptions())
    results = {
        Stage.SPEAKERS: speakers, Stage.WORDS: words, Stage.TURNS: turns, Stage.PITCH: pitch, Stage.MEASURES: measures,
    }  # fmt: skip
    async with services.database.transaction(workspace_id) as scope:
        recording = await RecordingRepository(scope).begin_hearing(recording_id)
        assert recording
        prints = {stage: f"{stage} {order}".encode() for stage in results}
        for stage, result in results.items():
            await StageResults(scope).keep(
                Made(recording_id, stage, prints[stage], model, result, services.now())
            )
        await RecordingRepository(scope).end_hearing(recording, duration_s, "en")
        await StageResults(scope).make_current(recording_id, prints.values())
        await identify_recording(scope, recording, services.now())


def _spoken(order: Sequence[int], word: str) -> tuple[Speakers, Words]:
    spans = tuple(
        SpeakerSpan(speaker, Span(TURN_S * place, TURN_S * (place + 1) - 0.5))
        for place, speaker in enumerate(order)
    )
    voices = tuple(Voice(number, 9.5 * order.count(number), axis(number)) for number in sorted({*order}))
    said = tuple(
        Word(f"{word}{second}.", second + 0.1, second + 0.4, 0.9)
        for second in range(int(TURN_S) * len(order))
    )
    return Speakers(spans, voices, ()), Words(Language("en", 1.0), False, said)
