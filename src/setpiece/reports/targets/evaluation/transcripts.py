"""A written call becomes a call as the stages would give it: words at an even pace, and all that is measured on them."""

from collections.abc import Iterator, Sequence
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from setpiece.media.measures import MeasuresOptions, measure
from setpiece.media.model import Pitch, Speakers, SpeakerSpan, Voice, Word, Words
from setpiece.media.turns import TurnsOptions, make_turns
from setpiece.providers.speech.ports import Language, Span
from setpiece.reports.model import Call, Person

WORD_S = 0.35
"""170 words a minute, a usual pace of talking."""
GAP_S = 0.5
"""Between two turns; the two example calls have a median of 0.55 s."""


class WrittenTurn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    speaker: Annotated[int, Field(ge=0, le=50)]
    text: Annotated[str, Field(min_length=1, max_length=5_000)]


class Transcript(BaseModel):
    """A call: who says what, one turn after another. `names` are those that people gave speakers of this recording."""

    model_config = ConfigDict(extra="forbid")

    id: Annotated[str, Field(min_length=1, max_length=100)]
    language: Annotated[str, Field(min_length=2, max_length=3)]
    kind: Annotated[str, Field(max_length=100)] = ""
    names: dict[int, str] = Field(default_factory=dict)
    turns: Annotated[list[WrittenTurn], Field(min_length=1, max_length=2_000)]

    def call(self) -> Call:
        return call_of(self.language, [(one.speaker, one.text) for one in self.turns], self.names)


def call_of(language: str, said: Sequence[tuple[int, str]], names: dict[int, str] | None = None) -> Call:
    """A call in which the turns follow each other, none at once with another."""
    words: list[Word] = []
    spans: list[SpeakerSpan] = []
    clock_s = 0.0
    for speaker, text in said:
        spoken = tuple(_spoken(text, clock_s))
        words.extend(spoken)
        spans.append(SpeakerSpan(speaker, Span(clock_s, spoken[-1].end_s)))
        clock_s = spoken[-1].end_s + GAP_S
    numbers = sorted({one.speaker for one in spans})
    voices = tuple(
        Voice(one, sum(s.span.duration_s for s in spans if s.speaker == one), ()) for one in numbers
    )
    speakers = Speakers(tuple(spans), voices, ())
    turns = make_turns(Words(Language(language, 1.0), True, tuple(words)), speakers, TurnsOptions())
    measures = measure(clock_s, language, speakers, turns, Pitch(()), MeasuresOptions())
    people = tuple(Person(one, name=(names or {}).get(one)) for one in numbers)
    return Call(UUID(int=0), "Example", clock_s, language, people, turns, measures)


def _spoken(text: str, start_s: float) -> Iterator[Word]:
    for index, word in enumerate(text.split()):
        yield Word(word, start_s + index * WORD_S, start_s + (index + 1) * WORD_S, 1.0)
