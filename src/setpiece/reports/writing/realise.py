"""Points become sentences of one language, each frame and each quotation once. Pure."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from setpiece.kernel.clock import show_place
from setpiece.reports.moments import Found, Said
from setpiece.reports.writing.frames.tongue import Tongue
from setpiece.reports.writing.model import Point, Statement

_SENTENCE_START = re.compile(r"(^|[.?!] )\{(who|other)\}")
_SPOKEN_SLOTS = frozenset({"q", "q2", "q3", "words"})
_SPOKEN = re.compile(r"\{(\w+)\}")
_QUOTE_SLOTS = ("q", "q2", "q3")
_CITE_SLOTS = ("at", "at2")
_TOPIC_SLOTS = ("topic", "topic2")
_MOST_QUOTED = 2
_LONGEST_NAME = 60
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]+")
_BRACES = str.maketrans("", "", "{}")
_TRIM = " \t.,;:"


def quoted_text(said: Said) -> str:
    """The words to print: without the stop at the end, which the sentence around them has."""
    return said.text.rstrip(_TRIM)


@dataclass(slots=True)
class Realiser:
    """Says points about one speaker in one language, and remembers what it said.

    `are_foreign`: the words that were said are in another language than the report.
    """

    found: Found
    tongue: Tongue
    are_foreign: bool
    _used_frames: Counter[str] = field(default_factory=Counter)
    _quoted: dict[int, list[tuple[Said, bool]]] = field(default_factory=dict)
    _texts: set[str] = field(default_factory=set)

    def say(self, point: Point, *, is_repeat: bool = False) -> Statement | None:
        """The point in words; None when its words were quoted before, or the language has no other form for it.

        Summary and traits repeat: what they quote may stand in a section too, but nothing is quoted three times.
        """
        if any(self._is_spent(said, is_repeat=is_repeat) for said in point.quotes):
            return None
        text = self._text(point.frame, point)
        title = self._text(point.title, point) if point.title else None
        if text is None or (point.title and title is None) or text in self._texts or title in self._texts:
            return None
        self._note(point, text, title, is_repeat=is_repeat)
        return Statement(text, point, title)

    def plain(self, frame: str) -> str:
        """A frame without evidence."""
        text = self._filled(self.tongue.frames[frame][0], Point(frame))
        assert text is not None
        return text

    def _note(self, point: Point, text: str, title: str | None, *, is_repeat: bool) -> None:
        self._texts |= {text, title} if title else {text}
        for frame in filter(None, (point.frame, point.title)):
            self._used_frames[frame] += 1
        for said in point.quotes:
            self._quoted.setdefault(said.turn, []).append((said, is_repeat))

    def _is_spent(self, said: Said, *, is_repeat: bool) -> bool:
        before = [other for other in self._quoted.get(said.turn, ()) if said.overlaps(other[0])]
        in_sections = any(not was_repeat for _, was_repeat in before)
        return len(before) >= _MOST_QUOTED or (in_sections and not is_repeat)

    def _text(self, frame: str, point: Point) -> str | None:
        forms = self.tongue.frames[frame]
        used = self._used_frames[frame]
        return self._filled(forms[used], point) if used < len(forms) else None

    def _filled(self, form: str, point: Point) -> str | None:
        """The form with its slots filled; None when something that it needs is not known."""
        slots = dict(self._slots(point))
        spoken = {name: slots.pop(name) for name in _SPOKEN_SLOTS & slots.keys()}
        capital = _SENTENCE_START.sub(lambda match: f"{match[1]}{{{match[2].capitalize()}}}", form)
        try:
            text = capital.format_map(slots | {name: f"{{{name}}}" for name in spoken})
        except KeyError:
            return None
        for apart, together in self.tongue.contractions:
            text = text.replace(f" {apart}", f" {together}")
        return _SPOKEN.sub(lambda match: spoken.get(match[1], match[0]), text)

    def _slots(self, point: Point) -> Iterator[tuple[str, str]]:
        who, other = (
            self._name(self.found.name, self.tongue.this_speaker),
            self._name(self.found.other, self.tongue.the_other),
        )
        yield from (("who", who), ("other", other), ("Who", _capital(who)), ("Other", _capital(other)))
        yield from zip(_QUOTE_SLOTS, map(self._quotation, point.quotes), strict=False)
        yield from zip(_CITE_SLOTS, (show_place(said.start_s) for said in point.cites), strict=False)
        yield from zip(_TOPIC_SLOTS, (self.tongue.topics[one] for one in point.topics), strict=False)
        for name, words in point.words.items():
            yield name, self._words(name, words)
        for name, value in point.measures.items():
            yield name, self.number(name, value)
        for fact in point.facts:
            yield "fact", _clean(fact.text).rstrip(_TRIM) + "."
            yield "source", f"{self.tongue.library_kinds.get(fact.kind, fact.kind)}: {_clean(fact.name)}"

    def _name(self, name: str | None, instead: str) -> str:
        kept = _clean(name.translate(_BRACES))[:_LONGEST_NAME] if name else ""
        return kept or instead

    def _quotation(self, said: Said) -> str:
        return f"{self._marked(quoted_text(said))} ({show_place(said.start_s)})"

    def _marked(self, words: str) -> str:
        before, after = self.tongue.quotation
        return f"{before}{words}{after}"

    def _words(self, name: str, words: str) -> str:
        if name == "words":
            return _listed([self._marked(one) for one in words.split("\n")], self.tongue.word_and)
        is_plain = name in {"amount", "person", "rival", "role"} or not self.are_foreign
        return words if is_plain else self._marked(words)

    def number(self, name: str, value: float) -> str:
        """A measure as it is printed: shares in whole percent, delays in tenths of a second, all else whole."""
        if name == "share":
            return str(round(value * 100))
        if name == "response":
            return f"{value:.1f}".replace(".", self.tongue.decimal)
        if name == "minutes":
            return self.length(value)
        if name == "speech":
            return str(int(value))  # 29.6 s is less than 30
        return str(round(value))

    def length(self, seconds: float) -> str:
        if seconds < 120:
            return self.tongue.seconds.format(s=round(seconds))
        return self.tongue.minutes.format(m=round(seconds / 60))


def first_said(
    realiser: Realiser, points: Iterable[Point], most: int, *, is_repeat: bool = False
) -> tuple[Statement, ...]:
    """The first points that can be said."""
    said: list[Statement] = []
    for point in points:
        if len(said) == most:
            break
        if _is_cited_already(point, said):
            continue
        if statement := realiser.say(point, is_repeat=is_repeat):
            said.append(statement)
    return tuple(said)


def _is_cited_already(point: Point, said: list[Statement]) -> bool:
    """Whether a point only points to words that this section has quoted."""
    quoted = [one for statement in said for one in statement.point.quotes]
    return not point.quotes and any(one.overlaps(other) for one in point.cites for other in quoted)


def _clean(text: str) -> str:
    return " ".join(_UNPRINTABLE.sub(" ", text).split())


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _listed(words: list[str], word_and: str) -> str:
    return f"{', '.join(words[:-1])} {word_and} {words[-1]}" if len(words) > 1 else words[0]
