"""A call as a list of sentences, and the part of a sentence that is worth quoting. Pure."""

import re
from collections.abc import Iterator, Sequence

from setpiece.media.model import Turn, Turns, Word
from setpiece.media.turns import split_sentences
from setpiece.reports.moments.model import Said

LONGEST_WORDS = 40
"""Recognisers write minutes without a full stop; longer pieces cannot be read as a quotation."""
_DOUBTFUL_PROBABILITY = 0.5
_DOUBTFUL_SHARE = 0.12
"""On the example calls every sentence with a wrong word that changes its meaning has two such words and this share of them;
sentences that are right have one at most."""
_LONGEST_WORD = 40  # characters; no language here has such words, addresses and noise do
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff“”„«»]")


def sentences_of(turns: Turns) -> list[Said]:
    """Everything that was said, in order, in pieces of at most `LONGEST_WORDS` words."""
    return [piece for number, turn in enumerate(turns.turns) for piece in _pieces(number, turn)]


def _pieces(number: int, turn: Turn) -> Iterator[Said]:
    first = 0
    for sentence in split_sentences(turn.words):
        words = turn.words[first : first + sentence.word_count]
        while len(words) > LONGEST_WORDS:
            length = _break(words)
            yield Said(number, first, turn.speaker, words[:length])
            first, words = first + length, words[length:]
        yield Said(number, first, turn.speaker, words)
        first += len(words)


def _break(words: Sequence[Word]) -> int:
    """How many words the next piece of a long sentence has: up to its last comma, else as many as fit."""
    commas = [place for place in range(8, LONGEST_WORDS) if words[place].text.endswith((",", ";", ":"))]
    return commas[-1] + 1 if commas else LONGEST_WORDS


def is_quotable(said: Said) -> bool:
    """Whether it can be printed as it is: recognised well, without marks or characters that would change the text around it."""
    doubtful = sum(word.probability < _DOUBTFUL_PROBABILITY for word in said.words)
    return (
        not (doubtful >= 2 and doubtful / len(said.words) >= _DOUBTFUL_SHARE)
        and not _UNPRINTABLE.search(said.text)
        and all(len(word.text) <= _LONGEST_WORD for word in said.words)
    )


def part(said: Said, start: int, end: int) -> Said:
    """The words `start` to `end` of it."""
    return Said(said.turn, said.first + start, said.speaker, said.words[start:end])


def word_at(said: Said, character: int) -> int:
    """The place of the word that holds a character of the text."""
    passed = 0
    for place, word in enumerate(said.words):
        passed += len(word.text) + 1
        if character < passed:
            return place
    return len(said.words) - 1


def joined(first: Said, second: Said) -> Said:
    """Two pieces of one turn that follow each other, as one."""
    assert follows(first, second)
    return Said(first.turn, first.first, first.speaker, first.words + second.words)


def follows(first: Said, second: Said) -> bool:
    return first.turn == second.turn and second.first == first.first + len(first.words)
