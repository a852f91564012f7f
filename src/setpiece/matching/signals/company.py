"""What a company's size, name and domain say of the segment it belongs to."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from setpiece.library.titles.words import content_words, fold
from setpiece.matching.model import SegmentCandidate
from setpiece.matching.overlap import measure_overlap
from setpiece.matching.signal import Measure, Scene

_NUMBER = r"(\d{1,3}(?:[.,' ]\d{3})+|\d+)(k?)"
_NOT_PEOPLE = r"(?!\s?(?:m\b|mm\b|mio|million|bn|billion|%|€|\$|eur|usd))"
_RANGE = re.compile(rf"(?<![\d$€£]){_NUMBER}\s?(?:-|–|to|bis|a|à)\s?{_NUMBER}{_NOT_PEOPLE}")
_AT_LEAST = re.compile(
    rf"(?:over|more than|at least|from|>)\s?{_NUMBER}{_NOT_PEOPLE}|(?<![\d$€£]){_NUMBER}\s?\+"
)
_AT_MOST = re.compile(rf"(?:under|up to|fewer than|less than|below|<)\s?{_NUMBER}{_NOT_PEOPLE}")
_PEOPLE = re.compile(
    rf"{_NUMBER}\+?\s?(?:employees|staff|people|fte|mitarbeiter\w*|beschaftigte|empleados|funcionarios|colaboradores|"
    r"personas|pessoas|salaries|collaborateurs|personnes)\b"
)

_KIND_BY_ENDING = {
    "edu": "education university",
    "ac": "education university",
    "gov": "government public",
    "mil": "government defense",
    "org": "nonprofit",
    "bank": "banking bank",
    "insurance": "insurance",
    "health": "health healthcare",
    "hospital": "hospital health",
    "museum": "museum",
    "shop": "retail e-commerce",
    "store": "retail e-commerce",
}
"""What the labels of a domain say by themselves; `ac` as in `ac.uk`."""


def headcount(*texts: str | None) -> int | None:
    """People at the company: a size that is a number or a range (its middle), or a number of employees in a text."""
    size, *others = texts
    if size and (found := re.fullmatch(rf"\s*{_NUMBER}\+?\s*(?:\D{{0,20}})?", fold(size))):
        return _people(found[1], found[2])
    for low, high in ranges(size or ""):
        return (low + high) // 2 if high is not None else low
    for text in others:
        if text and (found := _PEOPLE.search(fold(text[:20_000]))):
            return _people(found[1], found[2])
    return None


@lru_cache(maxsize=2_048)
def ranges(text: str) -> tuple[tuple[int, int | None], ...]:
    """Least and most people of each range in a text; None is without bound. Amounts of money are no people."""
    return tuple(_ranges(fold(text[:2_000])))


def _ranges(text: str) -> Iterator[tuple[int, int | None]]:
    for found in _RANGE.finditer(text):
        yield _people(found[1], found[2]), _people(found[3], found[4])
    for found in _AT_LEAST.finditer(_RANGE.sub(" ", text)):
        yield _people(found[1] or found[3], found[2] or found[4] or ""), None
    for found in _AT_MOST.finditer(text):
        yield 0, _people(found[1], found[2])


def _people(digits: str, thousands: str) -> int:
    return int(re.sub(r"\D", "", digits)[:9]) * (1_000 if thousands else 1)


def open_company_size(
    scene: Scene, candidates: Sequence[SegmentCandidate]
) -> Measure[SegmentCandidate] | None:
    """1.0 within one of the segment's ranges; takes no part when no size is known or no segment names one."""
    people = headcount(
        scene.prospect.company_size, scene.prospect.company_facts, scene.prospect.runtime_context
    )
    if people is None or not any(ranges(one.firmographics) for one in candidates):
        return None

    def value(segment: SegmentCandidate) -> float:
        return float(any(_within(people, low, high) for low, high in ranges(segment.firmographics)))

    return Measure(value, lambda _: f"its size, about {people:,} people, is that of the company")


def _within(people: int, low: int, high: int | None) -> bool:
    return low <= people and (high is None or people <= high)


@lru_cache(maxsize=2_048)
def _segment_kind(segment: SegmentCandidate) -> frozenset[str]:
    return content_words(f"{segment.name} {segment.firmographics}")


def open_company_name(
    scene: Scene, candidates: Sequence[SegmentCandidate]
) -> Measure[SegmentCandidate] | None:
    """Words of the company's name and domain in the segment's name and firmographics: `Example Insurance`."""
    *labels, ending = scene.host.split(".") if scene.host else [""]
    told = [
        scene.prospect.company_name or "",
        *labels,
        *(_KIND_BY_ENDING.get(one, "") for one in (*labels, ending)),
    ]
    words = content_words(" ".join(told).replace("-", " "))
    return measure_overlap(words, candidates, _segment_kind, "the company's name speaks of {}".format)
