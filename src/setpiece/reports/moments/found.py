"""Everything that a report about one speaker of a call can rest on. The way in."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from setpiece.media.model import SpeakerMeasures
from setpiece.reports.model import Call
from setpiece.reports.moments.find import Exchange, exchanges_of, find, question_before
from setpiece.reports.moments.model import Kind, Moment, Said
from setpiece.reports.moments.names import names_of
from setpiece.reports.moments.rules import LANGUAGES
from setpiece.reports.moments.rules.rule import Language

_WORD = re.compile(r"(?<![\w'’])[^\W\d_]{3,20}(?![\w'’])")
_MOST_OWN_WORDS = 4
_LEAST_OWN_TIMES = 2
"""A word that is said once may be anybody's."""
_LONG_ANSWER_WORDS = 20
"""A shorter answer is none to learn from."""
_SELLS = 2
"""Sentences that only somebody who sells says; one can be a slip of the recogniser or a quotation."""


@dataclass(frozen=True, slots=True)
class Found:
    """What is known of one speaker of a call.

    Attributes:
        name: None when nobody said or set it.
        other: The name of the one other speaker; None when there are more or it is not known.
        measures: None when the speaker was not measured.
        own_words: Words that this speaker uses again and again and that say what their work is about.
        open_question: The question of the others that got the longest answer.
        sells: Whether this is the side that sells.
    """

    speaker: int
    name: str | None
    other: str | None
    language: str
    is_language_known: bool
    moments: tuple[Moment, ...]
    measures: SpeakerMeasures | None
    own_words: tuple[str, ...]
    open_question: Said | None
    sells: bool

    @property
    def speech_s(self) -> float:
        return self.measures.speech_s if self.measures else 0.0

    def of(self, *kinds: Kind) -> list[Moment]:
        """Moments of these kinds, the strongest first, then as they were said."""
        return sorted(
            (one for one in self.moments if one.kind in kinds),
            key=lambda one: (-one.strength, one.said.start_s),
        )

    def said(self, *kinds: Kind) -> list[Moment]:
        """Moments of these kinds as they were said."""
        return [one for one in self.moments if one.kind in kinds]


def find_moments(call: Call, speaker: int) -> Found:
    """What the rules of the call's language find; no rules, no moments, for any other language."""
    language = LANGUAGES.get(call.language)
    names = names_of(call, language)
    others = {turn.speaker for turn in call.turns.turns} - {speaker}
    exchanges = exchanges_of(call.turns, speaker)
    moments = find(exchanges, language) if language else []
    sells = language is not None and _sells(call, speaker, language)
    return Found(
        speaker=speaker,
        name=names.get(speaker),
        other=names.get(next(iter(others))) if len(others) == 1 else None,
        language=call.language,
        is_language_known=language is not None,
        moments=tuple(moments),
        measures=next((one for one in call.measures.speakers if one.speaker == speaker), None),
        own_words=tuple(_own_words(call, speaker, language, names)) if language else (),
        open_question=_open_question(exchanges) if language else None,
        sells=sells,
    )


def _open_question(exchanges: Sequence[Exchange]) -> Said | None:
    answers = [
        (sum(len(said.words) for said in answer.said), -place, question)
        for place, (before, answer) in enumerate(pairwise(exchanges))
        if answer.is_theirs and (question := question_before(before))
    ]
    longest = max(answers, default=None, key=lambda one: one[:2])
    return longest[2] if longest and longest[0] >= _LONG_ANSWER_WORDS else None


def _sells(call: Call, speaker: int, language: Language) -> bool:
    """Whether this speaker says what sellers say, and more of it than anybody else."""
    counts = Counter(
        turn.speaker
        for turn in call.turns.turns
        for sentence in turn.sentences
        if language.selling.search(sentence.text[:500])
    )
    mine = counts[speaker]
    return mine >= _SELLS and all(count < mine for other, count in counts.items() if other != speaker)


def _own_words(call: Call, speaker: int, language: Language, names: Mapping[int, str]) -> Iterator[str]:
    """The words that this speaker says most, leaving out what everybody says; of singular and plural the more frequent."""
    plain = language.plain | {name.casefold() for name in names.values()}
    spoken = (
        match[0]
        for turn in call.turns.turns
        if turn.speaker == speaker
        for match in _WORD.finditer(turn.text)
    )
    forms: dict[str, Counter[str]] = {}
    for word in spoken:
        if word.casefold() not in plain:
            forms.setdefault(word.casefold().rstrip("s"), Counter())[word.casefold()] += 1
    ranked = sorted(forms.values(), key=lambda counted: -counted.total())
    yield from (
        counted.most_common(1)[0][0]
        for counted in ranked[:_MOST_OWN_WORDS]
        if counted.total() >= _LEAST_OWN_TIMES
    )
