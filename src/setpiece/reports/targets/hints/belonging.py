"""Who belongs to a company or to a part of one, and who says to be something.

"I run finance" is said by who is meant, "Ana runs our finance" of Ana, and "finance is sceptical" of somebody who may not be there.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from setpiece.library.titles.words import STOP_WORDS
from setpiece.reports.model import Call
from setpiece.reports.targets.hints.evidence import Evidence
from setpiece.reports.targets.hints.heard import Heard, plain
from setpiece.reports.targets.hints.lexicon.belonging import (
    FROM_VIEW_AFTER,
    FROM_VIEW_BEFORE,
    I_AM_BEFORE,
    MINE_AFTER,
    MINE_BEFORE,
    NOT_ME,
    OF_OTHERS_BEFORE,
    YOU_ARE_BEFORE,
)
from setpiece.reports.targets.hints.lexicon.departments import Department
from setpiece.reports.targets.hints.lexicon.naming import (
    APPOSED,
    NO_NAMES,
    SELF_AT,
    WE_AT_AFTER,
    WE_AT_BEFORE,
    YOU_AT_BEFORE,
)
from setpiece.reports.targets.hints.naming import NOBODY, SPOKEN_OF, Names, called
from setpiece.reports.targets.hints.spelling import company_alike

IS_IT = 4.0
TAKES_ITS_VIEW = 2.5
IS_TOLD_SO = 2.0
NAMED_SO = 3.0
TALKS_OF_IT = 0.5
TALKS_OF_IT_MOST = 2.0
OF_OTHERS = 0.7
MOST = 6.0
"""Points, set by judgement: what somebody says of themselves decides alone, and topics alone never do."""
NOBODY_BELONGS = 1.8
AROUND = 160
"""Characters that are looked at on each side of a word; a recogniser may put no full stop for minutes."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Words of a sentence that were looked for: what stands before and after them."""

    heard: Heard
    before: str
    after: str


def of_department(call: Call, sentences: Sequence[Heard], department: Department) -> Evidence:
    found = Evidence(nobody=NOBODY_BELONGS, missing=("nobody_of", department.name))
    if _labelled(call, lambda label: department.named.search(label) is not None, found):
        return found
    names = Names(call, sentences)
    for place in _places(sentences, department.named):
        _weigh_place(place, names, found)
    _add_topics(sentences, department.topics, found)
    return found.bounded(MOST)


def described(call: Call, sentences: Sequence[Heard], words: Sequence[str], *, is_origin: bool) -> Evidence:
    """A name, a company, a place, or what somebody says to be: whichever has most evidence."""
    origin = from_company(call, sentences, words)
    if is_origin:
        return origin
    name = called(call, sentences, words)
    best = max((origin, name, _says_to_be(call, sentences, words)), key=_clearness)
    best.missing = name.missing
    return best


def _clearness(found: Evidence) -> float:
    best = max(found.points_by_speaker.values(), default=0.0)
    # Without evidence for anybody, the way that has seen the words at all says best why nobody is meant.
    return best - found.nobody if best > 0 else -100 + found.nobody


def from_company(call: Call, sentences: Sequence[Heard], words: Sequence[str]) -> Evidence:
    found = Evidence(nobody=NOBODY, missing=("nobody_from", " ".join(words)))
    if _labelled(call, lambda label: bool(set(words) & set(label.split())), found):
        return found
    names = Names(call, sentences)
    for word in words:
        for place in _alike_places(sentences, word):
            _weigh_company(place, names, found)
    return found.bounded(MOST)


def _weigh_company(place: _Place, names: Names, found: Evidence) -> None:
    heard = place.heard
    if NOT_ME.search(place.before):
        found.add(heard.speaker, -IS_IT)
    elif SELF_AT.search(place.before):
        found.quote(heard.speaker, IS_IT, "says_from", heard)
    elif YOU_AT_BEFORE.search(place.before):
        _to_other(heard, names.call, IS_TOLD_SO, found)
    elif WE_AT_BEFORE.search(place.before) or (_AT.search(place.before) and WE_AT_AFTER.match(place.after)):
        found.quote(heard.speaker, IS_IT - 1, "says_from", heard)
    elif _named_beside(place, names, found):
        return
    else:
        found.nobody += 0.3


_AT = re.compile(r"(?:^| )(?:at|in|en|em|na|no)(?: (?:the|la|el))?$")


def _weigh_place(place: _Place, names: Names, found: Evidence) -> None:
    heard = place.heard
    if NOT_ME.search(place.before):
        found.add(heard.speaker, -IS_IT)
    elif _named_beside(place, names, found):
        return
    elif (MINE_BEFORE.search(place.before) and MINE_AFTER.match(place.after)) or (
        FROM_VIEW_BEFORE.search(place.before) and FROM_VIEW_AFTER.match(place.after)
    ):
        found.quote(heard.speaker, TAKES_ITS_VIEW, "says", heard)
    elif YOU_ARE_BEFORE.search(place.before) and not I_AM_BEFORE.search(place.before):
        _to_other(heard, names.call, IS_TOLD_SO, found)
    elif (I_AM_BEFORE.search(place.before) or SELF_AT.search(place.before)) and not _OF_ANOTHER.search(
        place.before
    ):
        found.quote(heard.speaker, IS_IT, "says", heard)
    elif OF_OTHERS_BEFORE.search(place.before) or not place.before:
        found.add(heard.speaker, -OF_OTHERS)
        found.nobody += 0.3


_OF_ANOTHER = re.compile(
    r"\b(?:our|ask|convince|talk\w*|speak\w*|check|waiting|sure|report\w*|need|have to|nuestr[oa]|mi|noss[oa]|meu|minha|consult\w+|habl\w+|pregunt\w+|fal\w+ com|pergunt\w+|my)\b(?: \w+){0,3}$"
)
"""Between "I am" and the word: somebody else is meant, as in "I am waiting for our finance"."""


def _to_other(heard: Heard, call: Call, points: float, found: Evidence) -> None:
    others = [one.speaker for one in call.people if one.speaker != heard.speaker]
    nearest = others[0] if len(others) == 1 else heard.after
    found.quote(nearest, points, "is_told", heard)
    found.add(heard.speaker, -points / 2)


def _named_beside(place: _Place, names: Names, found: Evidence) -> bool:
    """Whether the words are said of a name of somebody on this call: "Ana, our CFO" and "our CFO Ana"."""
    has_capitals = any(one[:1].isupper() for one in place.heard.text.split())
    for name in _words_beside(place, only_capitals=has_capitals):
        speaker = names.speaker(name, only_called=not has_capitals)
        if speaker is not None and speaker != place.heard.speaker:
            found.quote(speaker, NAMED_SO, "is_said_of", place.heard)
            found.add(place.heard.speaker, -SPOKEN_OF)
            return True
    return False


def _words_beside(place: _Place, *, only_capitals: bool) -> Iterator[str]:
    """Words right before and after that may be names, with nothing between but what joins them: "Ana from our"."""
    written = place.heard.text.split()
    usable = {plain(one) for one in written if one[:1].isupper() or not only_capitals} - STOP_WORDS - NO_NAMES
    before, after = place.before.split(), place.after.split()
    for index in range(len(before) - 1, max(-1, len(before) - 7), -1):
        joined = " ".join(before[index + 1 :])
        if before[index] in usable and (not joined or APPOSED.match(f" {joined}")):
            yield before[index]
    if after and after[0] in usable:
        yield after[0]


def _says_to_be(call: Call, sentences: Sequence[Heard], words: Sequence[str]) -> Evidence:
    found = Evidence(nobody=NOBODY_BELONGS, missing=("nobody_is", " ".join(words)))
    pattern = re.compile(
        r"\b(?:" + "|".join(re.escape(one) + r"\w{0,2}" for one in words if len(one) > 2) + r")\b"
    )
    if not any(len(one) > 2 for one in words):
        return found
    if _labelled(call, lambda label: set(words) <= set(label.split()), found):
        return found
    names = Names(call, sentences)
    for place in _places(sentences, pattern):
        near = " ".join(
            place.before.split()[-4:]
        )  # any noun is looked for: farther off it is of something else
        if I_AM_BEFORE.search(near) and not NOT_ME.search(near) and not _OF_ANOTHER.search(near):
            found.quote(place.heard.speaker, NAMED_SO, "says", place.heard)
        else:
            _named_beside(place, names, found)
    return found.bounded(MOST)


def _add_topics(sentences: Sequence[Heard], topics: re.Pattern[str], found: Evidence) -> None:
    said: dict[int, set[str]] = {}
    for heard in sentences:
        said.setdefault(heard.speaker, set()).update(one[0] for one in topics.finditer(heard.plain))
    for speaker, words in said.items():
        points = min(TALKS_OF_IT_MOST, TALKS_OF_IT * len(words))
        if points:
            found.add(speaker, points, "talks_of", ", ".join(sorted(words)[:4]))


def _labelled(call: Call, fits: Callable[[str], bool], found: Evidence) -> bool:
    for person in call.people:
        for label in (person.name, person.entity_label):
            if label and fits(plain(label)):
                found.add(person.speaker, 2 * IS_IT, "given_name", label)
                return True
    return False


def _places(sentences: Sequence[Heard], pattern: re.Pattern[str]) -> Iterator[_Place]:
    for heard in sentences:
        for found in pattern.finditer(heard.plain):
            before = heard.plain[max(0, found.start() - AROUND) : found.start()].rstrip()
            yield _Place(heard, before, heard.plain[found.end() : found.end() + AROUND].lstrip())


def _alike_places(sentences: Sequence[Heard], word: str) -> Iterator[_Place]:
    for heard in sentences:
        said = heard.plain.split()
        for index, one in enumerate(said):
            if company_alike(word, one):
                yield _Place(heard, " ".join(said[:index])[-AROUND:], " ".join(said[index + 1 :])[:AROUND])
