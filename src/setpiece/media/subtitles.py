"""Turns as subtitles: cues short enough to read, as SubRip (SRT) or WebVTT. Pure.

Sources: the SubRip format as its players read it; W3C WebVTT, sections 4 and 6.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape

from setpiece.media.model import Turn, Turns, Word

# Two lines of 42 characters, for 7 s at most: what the subtitle guidelines of broadcasters agree on.
MOST_CHARACTERS = 84
LONGEST_S = 7.0


@dataclass(frozen=True, slots=True)
class Cue:
    """What one speaker says between two moments."""

    speaker: int
    start_s: float
    end_s: float
    text: str


def speaker_name(speaker: int, names: Mapping[int, str]) -> str:
    """As people called the speaker; else numbered from 1, which is `speakerIndex` plus one."""
    return names.get(speaker) or f"Speaker {speaker + 1}"


def cues_of(turns: Turns) -> Iterator[Cue]:
    """Each sentence is a cue, or several where it is long."""
    for turn in turns.turns:
        first = 0
        for sentence in turn.sentences:
            said = turn.words[first : first + sentence.word_count]
            first += sentence.word_count
            yield from _cues(turn, said)


def _cues(turn: Turn, words: tuple[Word, ...]) -> Iterator[Cue]:
    held: list[Word] = []
    for word in words:
        length = sum(len(one.text) + 1 for one in held) + len(word.text)
        if held and (length > MOST_CHARACTERS or word.end_s - held[0].start_s > LONGEST_S):
            yield _cue(turn, held)
            held = []
        held.append(word)
    if held:
        yield _cue(turn, held)


def _cue(turn: Turn, words: list[Word]) -> Cue:
    text = " ".join(" ".join(word.text.split()) for word in words)
    return Cue(turn.speaker, words[0].start_s, max(word.end_s for word in words), text)


def as_srt(turns: Turns, names: Mapping[int, str]) -> str:
    blocks = [
        f"{number}\n{_clock(cue.start_s, ',')} --> {_clock(cue.end_s, ',')}\n{_line(speaker_name(cue.speaker, names))}: {_line(cue.text)}\n"
        for number, cue in enumerate(cues_of(turns), 1)
    ]
    return "\n".join(blocks)


def as_vtt(turns: Turns, names: Mapping[int, str]) -> str:
    blocks = [
        f"{_clock(cue.start_s, '.')} --> {_clock(cue.end_s, '.')}\n<v {_escaped(speaker_name(cue.speaker, names))}>{_escaped(cue.text)}\n"
        for cue in cues_of(turns)
    ]
    return "\n".join(["WEBVTT\n", *blocks])


def _line(text: str) -> str:
    """One line that is no timing line."""
    return " ".join(text.split()).replace("-->", "->")


def _escaped(text: str) -> str:
    return escape(" ".join(text.split()), quote=False)


def _clock(seconds: float, point: str) -> str:
    """`01:02:03,004`, with the format's own point."""
    in_all = round(seconds * 1000)
    return f"{in_all // 3_600_000:02}:{in_all // 60_000 % 60:02}:{in_all // 1000 % 60:02}{point}{in_all % 1000:03}"
