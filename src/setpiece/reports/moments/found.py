"""Everything that a report about one speaker of a call can rest on. The way in."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from setpiece.media.model import SpeakerMeasures
from setpiece.reports.model import Call
from setpiece.reports.moments.find import Exchange, exchanges_of, find, question_before
from setpiece.reports.moments.languages import language_of
from setpiece.reports.moments.languages.language import Language
from setpiece.reports.moments.model import Kind, Moment, Said
from setpiece.reports.moments.names import names_of

_WORD = re.compile(r"(?<![\w'’])[^\W\d_]{3,20}(?![\w'’])")
_MOST_OWN_WORDS = 4
_LEAST_OWN_TIMES, _OFTEN_EACH_WORDS = 2, 250
"""A word that is said once may be anybody's; on a long call so may one that is said twice."""
_LONG_ANSWER_WORDS = 20
"""A shorter answer is none to learn from."""
_BUYING = frozenset(Kind) - {Kind.QUESTION, Kind.COMMITMENT, Kind.PREFERENCE, Kind.OPENING, Kind.AGREEMENT}
"""What nobody who sells is evidence of by saying it: "our customers need a pilot" is no need of theirs."""
_READ_CHARACTERS = 500
"""Of a sentence; the longest that recognisers write with a full stop."""
_SELLS = 2
"""Sentences that only somebody who sells says; one can be a slip of the recogniser or a quotation."""


@dataclass(frozen=True, slots=True)
class Found:
    """What is known of one speaker of a call.

    Attributes:
        by_turn: The same moments by the number of their turn.
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
    by_turn: Mapping[int, Sequence[Moment]]
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

    @property
    def questions(self) -> list[Moment]:
        """What was asked in order to buy."""
        return [] if self.sells else self.said(Kind.QUESTION)

    def in_turn(self, turn: int) -> Sequence[Moment]:
        """The moments of one turn; a report asks for many turns of a long call."""
        return self.by_turn.get(turn, ())

    def said(self, *kinds: Kind) -> list[Moment]:
        """Moments of these kinds as they were said."""
        return [one for one in self.moments if one.kind in kinds]


def find_moments(call: Call, speaker: int) -> Found:
    """What the rules of the call's language find; no rules, no moments, for any other language."""
    language = language_of(call.language)
    names = names_of(call, language)
    others = {turn.speaker for turn in call.turns.turns} - {speaker}
    exchanges = exchanges_of(call.turns, speaker)
    sellers = _sellers(call, speaker, language) if language else others
    moments = find(exchanges, sellers - {speaker}, language) if language else []
    if sellers == {speaker}:
        moments = [one for one in moments if one.kind not in _BUYING]
    return Found(
        speaker=speaker,
        name=names.get(speaker),
        other=_only_name(names, sellers - {speaker} or others),
        language=call.language,
        is_language_known=language is not None,
        moments=tuple(moments),
        by_turn=by_turn(moments),
        measures=next((one for one in call.measures.speakers if one.speaker == speaker), None),
        own_words=tuple(_own_words(call, speaker, language)) if language else (),
        open_question=_open_question(exchanges) if language else None,
        sells=sellers == {speaker},
    )


def by_turn(moments: Sequence[Moment]) -> dict[int, list[Moment]]:
    turns: dict[int, list[Moment]] = {}
    for one in moments:
        turns.setdefault(one.said.turn, []).append(one)
    return turns


def _open_question(exchanges: Sequence[Exchange]) -> Said | None:
    answers = [
        (sum(len(said.words) for said in answer.said), -place, question)
        for place, (before, answer) in enumerate(pairwise(exchanges))
        if answer.is_theirs and (question := question_before(before))
    ]
    longest = max(answers, default=None, key=lambda one: one[:2])
    return longest[2] if longest and longest[0] >= _LONG_ANSWER_WORDS else None


def _only_name(names: Mapping[int, str], others: Collection[int]) -> str | None:
    """The name of the one other side; of several, nobody's."""
    return names.get(next(iter(others))) if len(others) == 1 else None


def _sellers(call: Call, speaker: int, language: Language) -> set[int]:
    """Those who say what sellers say: the speaker, when nobody says more of it, else the others who do, else all others."""
    counts = Counter(
        turn.speaker
        for turn in call.turns.turns
        for sentence in turn.sentences
        if language.selling.search(sentence.text[:_READ_CHARACTERS])
    )
    others = {turn.speaker for turn in call.turns.turns} - {speaker}
    most = max((counts[one] for one in others), default=0)
    if counts[speaker] >= _SELLS and counts[speaker] > most:
        return {speaker}
    return {one for one in others if counts[one] >= max(1, most / 2)} or others


def _own_words(call: Call, speaker: int, language: Language) -> Iterator[str]:
    """The words that this speaker says most, without names and what everybody says; of singular and plural the more frequent."""
    spoken = [
        match[0]
        for turn in call.turns.turns
        if turn.speaker == speaker
        for match in _WORD.finditer(turn.text)
    ]
    forms: dict[str, Counter[str]] = {}
    for word in spoken:
        if word.casefold() not in language.plain:
            forms.setdefault(word.casefold().rstrip("s"), Counter())[word] += 1
    least = max(_LEAST_OWN_TIMES, len(spoken) // _OFTEN_EACH_WORDS)
    common = [one for one in forms.values() if one.total() >= least and not _is_name(one)]
    ranked = sorted(common, key=lambda one: -one.total())[:_MOST_OWN_WORDS]
    yield from (one.most_common(1)[0][0] for one in ranked)


def _is_name(forms: Counter[str]) -> bool:
    """Whether a word is always written with a capital; abbreviations are words."""
    return all(word[:1].isupper() and not word.isupper() for word in forms)
