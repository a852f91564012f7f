"""Words get their speaker, and become turns and sentences; speakers' spans become overlaps. Pure."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from setpiece.media.model import Overlap, Sentence, Speakers, SpeakerSpan, Turn, Turns, Word, Words
from setpiece.media.spans import shared_s
from setpiece.providers.speech.ports import Span

SENTENCE_ENDS = (".", "?", "!", "…", "。", "？", "！")
CLOSING = "\"'”’»)]"
# After these a full stop ends no sentence. Whisper writes English, Spanish and Portuguese titles like this.
ABBREVIATIONS = frozenset(
    {
        "mr.",
        "mrs.",
        "ms.",
        "dr.",
        "prof.",
        "sr.",
        "sra.",
        "srta.",
        "st.",
        "vs.",
        "etc.",
        "e.g.",
        "i.e.",
        "approx.",
        "no.",
    }
)


@dataclass(frozen=True, slots=True)
class TurnsOptions:
    longest_pause_s: float = 2.0
    """A speaker who is silent for longer begins a new turn."""
    least_overlap_s: float = 0.3
    """Two at once for less than this is a border that was not met exactly."""
    held_s: float = 1.0
    """Who goes on for at least this long after the other fell silent has taken the floor."""
    nearest_s: float = 1.0
    """A word outside every span goes to the nearest speaker within this distance, else to the one before."""


def make_turns(words: Words, speakers: Speakers, options: TurnsOptions) -> Turns:
    """Without speakers, everything said belongs to speaker 0."""
    spans = sorted(speakers.spans, key=lambda one: one.span)
    owners = list(_owners(words.words, spans, options.nearest_s))
    turns = [_turn(speaker, said) for speaker, said in _said(words.words, owners, options.longest_pause_s)]
    return Turns(tuple(turns), tuple(find_overlaps(spans, options)))


def _owners(words: Sequence[Word], spans: Sequence[SpeakerSpan], nearest_s: float) -> Iterator[int]:
    """For each word the speaker who speaks for most of it; on a tie, and far from anybody, the one before."""
    last = spans[0].speaker if spans else 0
    longest_s = max((one.span.duration_s for one in spans), default=0.0)
    starts = [one.span.start_s for one in spans]
    for word in words:
        last = _owner(word, _around(word, spans, starts, longest_s + nearest_s), last, nearest_s)
        yield last


def _around(
    word: Word, spans: Sequence[SpeakerSpan], starts: Sequence[float], reach_s: float
) -> Sequence[SpeakerSpan]:
    """The spans that could touch the word; no span is longer than the reach."""
    return spans[bisect_left(starts, word.start_s - reach_s) : bisect_left(starts, word.end_s + reach_s)]


def _owner(word: Word, spans: Sequence[SpeakerSpan], last: int, nearest_s: float) -> int:
    stretch = Span(word.start_s, word.end_s)
    shared_by_speaker: dict[int, float] = {}
    for one in spans:
        shared_by_speaker[one.speaker] = shared_by_speaker.get(one.speaker, 0.0) + shared_s(one.span, stretch)
    most = max(shared_by_speaker.values(), default=0.0)
    if most > 0:
        # Rounded, because spans stand on a grid of frames and words do not.
        leaders = [speaker for speaker, shared in shared_by_speaker.items() if round(most - shared, 2) <= 0]
        return last if last in leaders else leaders[0]
    distances = [(_distance_s(one.span, stretch), one.speaker != last, one.speaker) for one in spans]
    nearest = min(distances, default=(nearest_s + 1, False, last))
    return nearest[2] if nearest[0] <= nearest_s else last


def _distance_s(one: Span, other: Span) -> float:
    return max(0.0, one.start_s - other.end_s, other.start_s - one.end_s)


def _said(
    words: Sequence[Word], owners: Sequence[int], longest_pause_s: float
) -> Iterator[tuple[int, tuple[Word, ...]]]:
    """Runs of one speaker's words without a long pause."""
    turn = 0
    numbered: list[tuple[int, int, Word]] = []
    for index, (word, owner) in enumerate(zip(words, owners, strict=True)):
        if index and (owner != owners[index - 1] or word.start_s - words[index - 1].end_s > longest_pause_s):
            turn += 1
        numbered.append((turn, owner, word))
    for (_, owner), run in groupby(numbered, key=lambda one: one[:2]):
        yield owner, tuple(word for *_, word in run)


def _turn(speaker: int, words: tuple[Word, ...]) -> Turn:
    end_s = max(word.end_s for word in words)
    return Turn(speaker, words[0].start_s, end_s, words, tuple(split_sentences(words)))


def split_sentences(words: Sequence[Word]) -> Iterator[Sentence]:
    first = 0
    for index, word in enumerate(words):
        if _ends_sentence(word.text) or index == len(words) - 1:
            said = words[first : index + 1]
            text = " ".join(one.text for one in said)
            yield Sentence(text, said[0].start_s, max(one.end_s for one in said), len(said))
            first = index + 1


def _ends_sentence(text: str) -> bool:
    bare = text.rstrip(CLOSING)
    return bare.endswith(SENTENCE_ENDS) and bare.lower() not in ABBREVIATIONS


def find_overlaps(spans: Sequence[SpeakerSpan], options: TurnsOptions) -> Iterator[Overlap]:
    """Each stretch with two speakers, in order; the spans are sorted by start."""
    open_spans: list[SpeakerSpan] = []
    for later in spans:
        open_spans = [one for one in open_spans if one.span.end_s > later.span.start_s]
        for earlier in open_spans:
            both_s = shared_s(earlier.span, later.span)
            if earlier.speaker != later.speaker and both_s >= options.least_overlap_s:
                end_s = min(earlier.span.end_s, later.span.end_s)
                takes_over = later.span.end_s - earlier.span.end_s >= options.held_s
                # Who started together with the other did not break in.
                was_speaking = later.span.start_s - earlier.span.start_s >= options.least_overlap_s
                yield Overlap(
                    earlier.speaker,
                    later.speaker,
                    Span(later.span.start_s, end_s),
                    is_interruption=takes_over and was_speaking,
                )
        open_spans.append(later)
