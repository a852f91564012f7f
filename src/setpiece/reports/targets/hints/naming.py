"""Who is called so. Nearly all that a call says of a name stands right beside it.

"This is Joe" is said by Joe, "Hi Maria" to Maria, and "our director David" by neither, of somebody who may not be there.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum

from setpiece.reports.model import Call
from setpiece.reports.targets.hints.evidence import Evidence
from setpiece.reports.targets.hints.heard import Heard, plain
from setpiece.reports.targets.hints.lexicon.naming import (
    AND_BEFORE,
    BESIDE_ONE_S_NAME,
    BY_ONESELF_AFTER,
    BY_ONESELF_BEFORE,
    EXCUSED,
    GREETED,
    HANDED_OVER,
    INTRODUCED,
    INTRODUCED_AFTER,
    NO_ADDRESS_BEFORE,
    NO_NAMES,
    SPOKEN_TO,
    THANKED,
)
from setpiece.reports.targets.hints.spelling import alike


class Use(Enum):
    """What a name is doing in a sentence."""

    BY_ONESELF = "by_oneself"
    GREETED = "greeted"
    THANKED = "thanked"
    ADDRESSED = "addressed"
    INTRODUCED = "introduced"
    HANDED_OVER = "handed_over"
    SPOKEN_OF = "spoken_of"


CALLED = frozenset({Use.BY_ONESELF, Use.GREETED, Use.THANKED, Use.ADDRESSED})
"""Said by, or to, the one who is called so."""


@dataclass(frozen=True, slots=True)
class Mention:
    heard: Heard
    use: Use
    alike: float


GIVEN = 8.0
"""A name that somebody gave a speaker decides, whatever is heard."""
BY_ONESELF = 4.0
ADDRESSED_OF_TWO = 3.0
ADDRESSED_NEAREST = 2.5
ADDRESSED_OTHER_SIDE = 0.9
GREETED_ANYBODY, GREETED_NEXT = 1.2, 1.8
LEFT_OVER = 1.0
NOT_ONE_S_OWN_NAME = 3.0
SPOKEN_OF = 1.0
NOBODY = 1.5
CLEARLY = 2.0
NOBODY_SPOKEN_OF = 0.5
MOST = 6.0
"""Points, set by judgement and confirmed on the develop half; one clear vocative of two speakers has to be enough, and
one among three has to be enough only when turns follow it at once."""
_TITLE_WORDS = re.compile(
    r"\b(?:our|my|nuestr[oa]|mi|noss[oa]|meu|minha|su|seu|sua|his|her|their|your)(?: \w+){0,4}$"
)


def called(call: Call, sentences: Sequence[Heard], words: Sequence[str]) -> Evidence:
    """Evidence on who has this name."""
    found = Evidence(nobody=NOBODY)
    if _given(call, words, found):
        return found
    mentions = best_alike(mentions_of(sentences, words))
    speakers = [one.speaker for one in call.people]
    for mention in mentions:
        _weigh(mention, speakers, found)
    spoken_of = sum(one.use is Use.SPOKEN_OF for one in mentions)
    if spoken_of == len(mentions):
        found.nobody += min(3, spoken_of) * NOBODY_SPOKEN_OF
    name = " ".join(words)
    found.missing = ("name_spoken_of", name) if spoken_of else ("name_unheard", name)
    found.bounded(MOST)
    _otherwise_called(call, sentences, words, found)
    return found


def _given(call: Call, words: Sequence[str], found: Evidence) -> bool:
    for person in call.people:
        for label in (person.name, person.entity_label):
            if label and words_match(words, plain(label).split()):
                found.add(person.speaker, GIVEN, "given_name", label)
                return True
    return False


def words_match(wanted: Sequence[str], label: Sequence[str]) -> bool:
    """Every wanted word stands in the label, or the label's words all stand in what is wanted."""
    matched = {one for one in wanted if any(alike(one, other) >= 0.9 for other in label)}
    return bool(matched) and (len(matched) == len(wanted) or len(matched) >= len(label))


def best_alike(mentions: Sequence[Mention]) -> list[Mention]:
    """Where the name is said as it is written, what only resembles it is another name."""
    best = max((one.alike for one in mentions), default=0.0)
    return [one for one in mentions if one.alike >= min(best, 0.9)]


def mentions_of(sentences: Sequence[Heard], words: Sequence[str]) -> list[Mention]:
    """Every time one of the words is said. What is only alike counts where a name is expected."""
    return [mention for heard in sentences for mention in _mentions_in(heard, words)]


def _mentions_in(heard: Heard, words: Sequence[str]) -> Iterator[Mention]:
    said = heard.plain.split()
    for index, word in enumerate(said):
        likeness = max(alike(one, word) for one in words)
        if not likeness or (said[index + 1 : index + 2] == ["s"] and index):
            continue
        use = use_of(heard, said, index)
        if likeness >= 0.9 or use is not Use.SPOKEN_OF:
            yield Mention(heard, use, likeness)
            return


def use_of(heard: Heard, said: Sequence[str], index: int) -> Use:
    """What the word at `index` is doing as a name."""
    start = index
    while start and said[start - 1] in BESIDE_ONE_S_NAME:
        start -= 1
    before, after = " ".join(said[max(0, start - 8) : start]), " ".join(said[index + 1 : index + 8])
    if BY_ONESELF_BEFORE.search(before) or (len(said) <= index + 3 and BY_ONESELF_AFTER.match(after)):
        return Use.BY_ONESELF
    if GREETED.search(before):
        return Use.GREETED
    if HANDED_OVER.search(before):
        return Use.HANDED_OVER
    if EXCUSED.search(heard.plain):
        return Use.SPOKEN_OF
    if (
        INTRODUCED.search(before)
        or INTRODUCED_AFTER.search(after)
        or (AND_BEFORE.search(before) and _INTRODUCES_ONESELF.search(heard.plain))
    ):
        return Use.INTRODUCED
    if THANKED.search(before) or (len(said) == 1 and heard.before is not None):
        return Use.THANKED
    is_free = not NO_ADDRESS_BEFORE.search(before) and not _TITLE_WORDS.search(before)
    if is_free and (
        (start == 0 and SPOKEN_TO.match(after))
        or (not after and (_is_set_off(heard.text) or heard.is_question))
    ):
        return Use.ADDRESSED
    return Use.SPOKEN_OF


_INTRODUCES_ONESELF = re.compile(
    r"^(?:\w+ ){0,4}?(?:i am|this is|my name is|soy|me llamo|(?:eu )?sou [oa]|aqui e [oa]|me chamo|meu nome e) \w+"
)
_SET_OFF = re.compile(r",\s*(?:\w+\.?\s+)?[^\W\d_]+[.?!…]*\s*$")


def _is_set_off(text: str) -> bool:
    """The last word stands after a comma."""
    return _SET_OFF.search(text) is not None


def _weigh(mention: Mention, speakers: Sequence[int], found: Evidence) -> None:
    heard, likeness = mention.heard, mention.alike
    if mention.use is Use.BY_ONESELF:
        found.quote(heard.speaker, BY_ONESELF * likeness, "names_oneself", heard)
        return
    if mention.use is Use.SPOKEN_OF:
        found.add(heard.speaker, -SPOKEN_OF)
        return
    found.add(heard.speaker, -NOT_ONE_S_OWN_NAME * likeness)
    others = [one for one in speakers if one != heard.speaker]
    if len(others) == 1:
        found.quote(others[0], ADDRESSED_OF_TWO * likeness, "addressed", heard)
        return
    if mention.use is Use.GREETED and heard.before is None:
        _spread(heard.after, others, likeness, heard, found)
        return
    is_reply = mention.use in (Use.THANKED, Use.GREETED)
    nearest, farther = (heard.before, heard.after) if is_reply else (heard.after, heard.before)
    found.quote(nearest, ADDRESSED_NEAREST * likeness, "addressed", heard)
    for one in others:
        if one != nearest and (one == farther or mention.use is Use.GREETED):
            found.add(one, ADDRESSED_OTHER_SIDE * likeness)


def _spread(
    next_one: int | None, others: Sequence[int], likeness: float, heard: Heard, found: Evidence
) -> None:
    """Who opens a call may greet anybody; who speaks next is a little likelier."""
    for one in others:
        found.quote(
            one, (GREETED_NEXT if one == next_one else GREETED_ANYBODY) * likeness, "addressed", heard
        )


def _otherwise_called(call: Call, sentences: Sequence[Heard], words: Sequence[str], found: Evidence) -> None:
    """Who clearly has another name is not meant; when one speaker is left, it is rather them, if the name is used at all."""
    named = other_names(call, sentences)
    for speaker, other in named.items():
        if not any(alike(one, other) for one in words):
            found.add(speaker, -2.0)
    left = [one.speaker for one in call.people if found.points_by_speaker[one.speaker] > 0]
    if len(left) == 1 and len(call.people) > 2:
        found.add(left[0], LEFT_OVER)


@dataclass(slots=True)
class Names:
    """Who is called what on one call; each name is looked up once."""

    call: Call
    sentences: Sequence[Heard]
    found: dict[tuple[str, bool], int | None] = field(default_factory=dict)

    def speaker(self, name: str, *, only_called: bool = False) -> int | None:
        """The speaker who is called so, when that is clear.

        With `only_called` it is not enough to be introduced: for words of which it is not known whether they are names.
        """
        if (name, only_called) not in self.found:
            self.found[name, only_called] = self._look_up(name, only_called=only_called)
        return self.found[name, only_called]

    def _look_up(self, name: str, *, only_called: bool) -> int | None:
        seen = Evidence()
        if _given(self.call, [name], seen):
            return next(iter(seen.points_by_speaker))
        speakers = [one.speaker for one in self.call.people]
        for mention in best_alike(mentions_of(self.sentences, [name])):
            if mention.use in CALLED or not (only_called or mention.use is Use.SPOKEN_OF):
                _weigh(mention, speakers, seen)
        ranked = sorted(seen.points_by_speaker.items(), key=lambda item: -item[1])
        if not ranked or ranked[0][1] < CLEARLY:
            return None
        return ranked[0][0] if len(ranked) == 1 or ranked[0][1] - ranked[1][1] >= 1.0 else None


def other_names(call: Call, sentences: Sequence[Heard]) -> dict[int, str]:
    """Speakers who are called by a name, in capitals and more than once or by themselves."""
    points: dict[tuple[int, str], float] = defaultdict(float)
    speakers = [one.speaker for one in call.people]
    for person in call.people:
        if label := plain(person.name or person.entity_label or ""):
            points[person.speaker, label.split()[0]] += GIVEN
    for name in _capitalised_names(sentences):
        seen = Evidence()
        for mention in mentions_of(sentences, [name]):
            if mention.use in CALLED:
                _weigh(mention, speakers, seen)
        for speaker, amount in seen.points_by_speaker.items():
            points[speaker, name] += amount
    best: dict[int, str] = {}
    for (speaker, name), amount in sorted(points.items(), key=lambda item: item[1]):
        if amount >= ADDRESSED_NEAREST:
            best[speaker] = name
    return best


_CAPITALISED = re.compile(
    r"(?:(?:hi|hello|hey|thanks|thank you|this is|i'?m|i am|my name is|morning|hola|gracias|soy|me llamo|días|tardes|oi|olá|obrigad[oa]|sou [oa]|bom dia|valeu),? )(?-i:([A-ZÁÉÍÓÚÂÊÔÃÕ][\w’']+))",
    re.IGNORECASE,
)


def _capitalised_names(sentences: Sequence[Heard]) -> list[str]:
    found = {plain(one) for heard in sentences for one in _CAPITALISED.findall(heard.text)}
    return sorted(one for one in found if one and " " not in one and one not in NO_NAMES)
