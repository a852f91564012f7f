"""Numbers as people write them, as intervals: `51-200`, `about 40`, `$12M`, `twelve`, `500+`, `between 20 and 50`."""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from setpiece.agents.qualify.evaluate.words import Word

_SCALE = {
    "k": 1e3,
    "m": 1e6,
    "mn": 1e6,
    "b": 1e9,
    "bn": 1e9,
    "thousand": 1e3,
    "million": 1e6,
    "billion": 1e9,
    "hundred": 1e2,
}
_UP_TO_TWENTY = """
one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen
twenty
"""
_SPELLED = {
    **{name: value for value, name in enumerate(_UP_TO_TWENTY.split(), start=1)},
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "hundred": 100,
}
_NUMBER = re.compile(r"^[$€£]?(\d[\d.,]*)([kmb]n?)?(\+)?$", re.IGNORECASE)
_OVER = (
    "more than",
    "over",
    "above",
    "greater than",
    "exceeding",
    "larger than",
    "bigger than",
    "exceeds",
    "exceed",
)
_AT_LEAST = ("at least", "minimum of", "no fewer than", "no less than")
_UNDER = ("fewer than", "less than", "under", "below", "smaller than")
_AT_MOST = ("at most", "up to", "no more than", "maximum of")


@dataclass(frozen=True, slots=True)
class Interval:
    """From `low` to `high`; an end that is `open` does not belong to it."""

    low: float
    high: float
    low_open: bool = False
    high_open: bool = False

    def holds(self, other: "Interval") -> bool:
        low = other.low > self.low or (other.low == self.low and (not self.low_open or other.low_open))
        high = other.high < self.high or (other.high == self.high and (not self.high_open or other.high_open))
        return low and high

    def excludes(self, other: "Interval") -> bool:
        under = other.high < self.low or (other.high == self.low and (self.low_open or other.high_open))
        over = other.low > self.high or (other.low == self.high and (self.high_open or other.low_open))
        return under or over

    def __str__(self) -> str:
        if self.low == self.high:
            return f"{self.low:,.0f}"
        if self.high == math.inf:
            return f"{'more than' if self.low_open else 'at least'} {self.low:,.0f}"
        if self.low == 0:
            return f"{'fewer than' if self.high_open else 'at most'} {self.high:,.0f}"
        return f"{self.low:,.0f} to {self.high:,.0f}"


@dataclass(frozen=True, slots=True)
class Found:
    """An interval and the words it takes up, from `start` up to `end`."""

    interval: Interval
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Bound:
    """What a question asks a number to be; `words` are those of the bound, `unit` the words right behind it."""

    interval: Interval
    words: frozenset[str]
    unit: tuple[Word, ...]

    def rest(self, terms: Sequence[Word]) -> list[Word]:
        return [one for one in terms if one.text.lower() not in self.words]


def read_bound(words: Sequence[Word]) -> Bound | None:
    """The one bound of a question; None when it has none, or a bare number."""
    found = list(find_intervals(words))
    if len(found) != 1 or found[0].interval.low == found[0].interval.high:
        return None
    one = found[0]
    unit = []
    for word in words[one.end :]:
        if word.root in ("in", "of", "on", "at", "per", "for"):
            break
        unit.append(word)
    return Bound(
        one.interval, frozenset(word.text.lower() for word in words[one.start : one.end]), tuple(unit)
    )


def interval_in(words: Sequence[Word]) -> Interval | None:
    """The one interval of a field's value; None when it holds none or several."""
    found = list(find_intervals(words))
    return found[0].interval if len(found) == 1 else None


def find_intervals(words: Sequence[Word]) -> Iterator[Found]:
    """Every number or range, with the words before it that make a bound of it."""
    texts = [word.text.lower() for word in words]
    at = 0
    while at < len(texts):
        number = _number(texts, at)
        if number is None:
            at += 1
            continue
        led = at > 0 and texts[at - 1] in ("between", "from")
        upper = _upper(texts, number.end, between=led)
        if upper is None:
            yield _bounded(texts, at, number)
        else:
            # `1-10M` is one million to ten: the first number borrows the scale of the second.
            borrowed = number.scale == 1 and number.value < upper.value / upper.scale
            low = number.value * (upper.scale if borrowed else 1)
            yield Found(Interval(min(low, upper.value), max(low, upper.value)), at - led, upper.end)
        at = (upper or number).end


@dataclass(frozen=True, slots=True)
class _Number:
    """A number as written: its value with the scale, the scale, the place behind it, and whether a `+` follows."""

    value: float
    scale: float
    end: int
    plus: bool


def _number(texts: Sequence[str], at: int) -> _Number | None:
    match = _NUMBER.match(texts[at])
    if match:
        value = float(match[1].rstrip(".,").replace(",", "") if _is_plain(match[1]) else "nan")
        scale, plus = _SCALE.get((match[2] or "").lower(), 1.0), bool(match[3])
    elif texts[at] in _SPELLED:
        value, scale, plus = float(_SPELLED[texts[at]]), 1.0, False
    else:
        return None
    if math.isnan(value):
        return None
    end = at + 1
    while end < len(texts) and texts[end] in _SCALE:
        scale, end = scale * _SCALE[texts[end]], end + 1
    return _Number(value * scale, scale, end, plus)


def _is_plain(digits: str) -> bool:
    """`1,200` and `2.5`, not `1.200,50` or a version."""
    return digits.rstrip(".,").replace(",", "").count(".") <= 1


def _upper(texts: Sequence[str], end: int, *, between: bool) -> _Number | None:
    """The other end of a range; a hyphen is lost when words are parted, so two numbers side by side are one."""
    at = end + 1 if end < len(texts) and (texts[end] == "to" or (between and texts[end] == "and")) else end
    if at >= len(texts) or texts[at] in _SCALE:
        return None
    return _number(texts, at)


def _bounded(texts: Sequence[str], at: int, number: _Number) -> Found:
    value, end = number.value, number.end
    for phrases, made in (
        (_AT_MOST, Interval(0, value)),
        (_AT_LEAST, Interval(value, math.inf)),
        (_OVER, Interval(value, math.inf, low_open=True)),
        (_UNDER, Interval(0, value, high_open=True)),
    ):
        for phrase in phrases:
            size = len(phrase.split())
            if texts[max(0, at - size) : at] == phrase.split():
                return Found(made, at - size, end)
    if number.plus or texts[end : end + 2] == ["or", "more"] or " ".join(texts[end:]).endswith("at least"):
        return Found(Interval(value, math.inf), at, end)
    return Found(Interval(value, value), at, end)
