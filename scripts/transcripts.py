"""Reads the written calls of `examples/`: what a recogniser would have heard, without a recording.

A transcript is a text file with a line for each turn, `A: What was said.`; lines that begin with `#` are about it, and `# language: es` says which
language is spoken. Words get even times at an ordinary pace.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from setpiece.media.measures import MeasuresOptions, measure
from setpiece.media.model import Pitch, Speakers, SpeakerSpan, Turn, Turns, Voice, Word
from setpiece.media.turns import split_sentences
from setpiece.providers.speech.ports import Span
from setpiece.reports.model import Call, Person

ROOT = Path(__file__).resolve().parents[1]
TRANSCRIPTS, CALLS = ROOT / "examples" / "transcripts", ROOT / "examples" / "calls"
_WORD_S, _PAUSE_S = 0.36, 0.6
"""About 165 words a minute, and a pause between two turns: as on the example calls."""
Spoken = tuple[int, float, float, str]
"""Speaker, start and end in seconds, words."""


def read_transcript(path: Path) -> Call:
    lines = path.read_text(encoding="utf-8").splitlines()
    language = next((line.split(":")[1].strip() for line in lines if line.startswith("# language:")), "en")
    said = [line.split(": ", 1) for line in lines if line.strip() and not line.startswith("#")]
    names = list(dict.fromkeys(name for name, _ in said))
    return call_of([(names.index(name), text) for name, text in said], language, path.stem)


def read_script(path: Path) -> Call:
    """One of the shipped example calls, from the script that its voices read, with the times of the recording."""
    turns = json.loads(path.read_text(encoding="utf-8"))
    names = sorted({turn["speaker"] for turn in turns})
    spoken = [(names.index(one["speaker"]), one["start"], one["end"], one["text"]) for one in turns]
    return _call(spoken, "en", path.stem)


def call_of(said: Iterable[tuple[int, str]], language: str = "en", label: str = "example") -> Call:
    """A call in which these turns follow each other."""
    return _call(list(_timed(said)), language, label)


def _timed(said: Iterable[tuple[int, str]]) -> Iterator[Spoken]:
    now = 0.5
    for speaker, text in said:
        end = now + _WORD_S * max(1, len(text.split()))
        yield speaker, now, end, text
        now = end + _PAUSE_S


def _call(spoken: Sequence[Spoken], language: str, label: str) -> Call:
    turns = Turns(tuple(_turn(*one) for one in spoken if one[3].split()), ())
    spans = tuple(SpeakerSpan(turn.speaker, Span(turn.start_s, turn.end_s)) for turn in turns.turns)
    numbers = sorted({turn.speaker for turn in turns.turns})
    voices = tuple(
        Voice(number, sum(one.span.duration_s for one in spans if one.speaker == number), (1.0,))
        for number in numbers
    )
    duration_s = max((turn.end_s for turn in turns.turns), default=0.0) + 0.5
    speakers = Speakers(spans, voices, ())
    measures = measure(duration_s, language, speakers, turns, Pitch(()), MeasuresOptions())
    people = tuple(Person(number) for number in numbers)
    return Call(uuid5(NAMESPACE_URL, label), label, duration_s, language, people, turns, measures)


def _turn(speaker: int, start_s: float, end_s: float, text: str) -> Turn:
    said = text.split()
    each_s = (end_s - start_s) / len(said)
    words = tuple(
        Word(word, start_s + place * each_s, start_s + (place + 0.9) * each_s, 0.95)
        for place, word in enumerate(said)
    )
    return Turn(speaker, start_s, words[-1].end_s, words, tuple(split_sentences(words)))
