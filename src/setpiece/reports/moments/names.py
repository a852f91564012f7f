"""Who a speaker is: what somebody named them, or what they are called on the call itself. Pure.

A name is a speaker's when they introduce themselves with it, or when another calls them by it and they are the next to speak. Somebody who is only
spoken of has no voice on the call, and a name that two speakers answer to belongs to neither.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from setpiece.media.model import Turn
from setpiece.reports.model import Call
from setpiece.reports.moments.languages.language import Language

_SELF = 3
"""Votes of an introduction against one of being called: people know their own names."""


def names_of(call: Call, language: Language | None) -> Mapping[int, str]:
    """The names of the speakers whose names are known."""
    said = _said_names(call.turns.turns, language) if language else {}
    given = {person.speaker: person.name or person.entity_label for person in call.people}
    return said | {speaker: name for speaker, name in given.items() if name}


def _said_names(turns: Sequence[Turn], language: Language) -> dict[int, str]:
    votes: dict[int, Counter[str]] = {}
    for speaker, name, weight in _votes(turns, language):
        votes.setdefault(speaker, Counter())[name] += weight
    best = {speaker: counted.most_common(1)[0] for speaker, counted in votes.items()}
    return {
        speaker: name for speaker, (name, count) in best.items() if _is_theirs(speaker, name, count, votes)
    }


def _is_theirs(speaker: int, name: str, count: int, votes: Mapping[int, Counter[str]]) -> bool:
    return all(counted[name] < count for other, counted in votes.items() if other != speaker)


def _votes(turns: Sequence[Turn], language: Language) -> Iterator[tuple[int, str, int]]:
    for place, turn in enumerate(turns):
        text = turn.text
        for match in language.introduction.finditer(text):
            if match["name"].casefold() not in language.plain:
                yield turn.speaker, match["name"], _SELF
        listener = _next_speaker(turns, place)
        called = {match["name"] for match in language.greeting.finditer(text)}
        called = {name for name in called if name.casefold() not in language.plain}
        if (
            listener is not None and len(called) == 1
        ):  # of two who are greeted at once, nobody knows who answers
            yield listener, called.pop(), 1


def _next_speaker(turns: Sequence[Turn], place: int) -> int | None:
    """Whoever answers; at the end of a call, whoever spoke before."""
    around = [*turns[place + 1 : place + 3], *reversed(turns[max(0, place - 2) : place])]
    return next((turn.speaker for turn in around if turn.speaker != turns[place].speaker), None)
