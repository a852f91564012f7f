"""What is said, with a time for each word.

The recogniser hears pieces that fit its window and hold only speech; a piece depends on nothing before it, so memory and
the cost of an error stay bounded, and a cancelled job stops within a few pieces.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from setpiece.media.model import Progress, Speech, Stage, Word, Words, unheard
from setpiece.media.spans import batched, merged
from setpiece.media.waveform import Waveform
from setpiece.providers.speech.ports import (
    SAMPLE_RATE_HZ,
    HeardWord,
    Language,
    Listened,
    Recogniser,
    Samples,
    Span,
)

QUIET_S = 0.1
UNKNOWN = Language("und", 0.0)
# Written without blanks between words.
UNSPACED_LANGUAGES = frozenset({"zh", "ja", "th", "lo", "my", "yue"})


@dataclass(frozen=True, slots=True)
class WordsOptions:
    language: str | None = None
    """ISO 639-1 code of the language spoken; None finds it in the first pieces."""
    pad_s: float = 0.2
    """Sound before and after a region that the recogniser hears too: consonants are quieter than the detector's bound."""
    margin_s: float = 1.0
    """How much shorter than the recogniser's window a piece is at most."""
    cut_within_s: float = 5.0
    """Speech without a pause is cut where it is quietest in this last part of a full piece."""
    language_pieces: int = 3
    """Pieces that have a vote on the language, weighted by how sure the recogniser is; of the first that are heard together."""


def write_words(
    waveform: Waveform,
    speech: Speech,
    recogniser: Recogniser,
    options: WordsOptions,
    progress: Progress = unheard,
) -> Words:
    """What is said in the regions of speech; nothing where there are none.

    Raises:
        Invalid: the recogniser does not know the language (code `unknown_language`).
    """
    pieces = list(cut_pieces(waveform, speech.regions, recogniser.window_s - options.margin_s, options))
    language = Language(options.language, 1.0) if options.language else UNKNOWN
    words: list[Word] = []
    done = 0
    for some in batched(pieces, recogniser.pieces_at_once):
        listened = recogniser.listen([waveform.read(piece.start_s, piece.end_s) for piece in some])
        if language is UNKNOWN:
            language = _language(recogniser, listened[: options.language_pieces])
        for piece, heard in zip(some, recogniser.transcribe(listened, language.code), strict=True):
            words += _words_of(piece, heard, language.code)
        done += len(some)
        progress(Stage.WORDS, done, len(pieces))
    return (
        Words(language, options.language is not None, tuple(words)) if pieces else Words(UNKNOWN, False, ())
    )


def _words_of(piece: Span, said: Sequence[HeardWord], language: str) -> list[Word]:
    """The piece's words; what is written without a blank before it (`,000` or `-day`) belongs to the word before."""
    words: list[Word] = []
    for heard in said:
        start_s = min(piece.start_s + heard.start_s, piece.end_s)
        end_s = min(max(start_s, piece.start_s + heard.end_s), piece.end_s)
        text = heard.text.strip()
        if text and words and not heard.text[0].isspace() and language not in UNSPACED_LANGUAGES:
            before = words.pop()
            text, start_s = before.text + text, before.start_s
        if text:
            words.append(Word(text, round(start_s, 3), round(end_s, 3), round(heard.probability, 3)))
    return words


def _language(recogniser: Recogniser, listened: Sequence[Listened]) -> Language:
    heard = [recogniser.find_language(one) for one in listened]
    sure_by_code: dict[str, float] = {}
    for one in heard:
        sure_by_code[one.code] = sure_by_code.get(one.code, 0.0) + one.probability / len(heard)
    code = max(sure_by_code, key=lambda key: sure_by_code[key])
    return Language(code, sure_by_code[code])


def cut_pieces(
    waveform: Waveform, regions: Iterable[Span], longest_s: float, options: WordsOptions
) -> Iterator[Span]:
    """Regions packed into pieces of at most `longest_s`, cut in pauses where there are any."""
    padded = merged(
        Span(max(0.0, one.start_s - options.pad_s), min(waveform.duration_s, one.end_s + options.pad_s))
        for one in regions
    )
    piece: Span | None = None
    for region in padded:
        if piece and region.end_s - piece.start_s <= longest_s:
            piece = Span(piece.start_s, region.end_s)
            continue
        if piece:
            yield piece
        piece = region
        while piece.duration_s > longest_s:
            cut_s = _quietest(
                waveform, piece.start_s + longest_s - options.cut_within_s, piece.start_s + longest_s
            )
            yield Span(piece.start_s, cut_s)
            piece = Span(cut_s, piece.end_s)
    if piece:
        yield piece


def _quietest(waveform: Waveform, start_s: float, end_s: float) -> float:
    """The middle of the quietest tenth of a second between the two."""
    samples: Samples = waveform.read(start_s, end_s)
    length = round(QUIET_S * SAMPLE_RATE_HZ)
    whole = samples[: len(samples) // length * length].reshape(-1, length)
    return start_s + (int(np.square(whole).sum(axis=1).argmin()) + 0.5) * QUIET_S
