"""The few sentences over a report. Pure."""

from collections.abc import Iterator

from setpiece.reports.moments import Found, Kind
from setpiece.reports.writing.model import Point
from setpiece.reports.writing.plan.parts import cited, is_settled, point, with_amount, with_number


def problem(found: Found) -> Iterator[Point]:
    pains = found.of(Kind.PAIN)
    yield from (point("summary.cost", one) for one in with_amount(pains)[:1])
    yield from (point("summary.pain", one) for one in [*with_number(pains), *pains][:1])
    yield from (point("summary.need", one) for one in found.of(Kind.NEED)[:1])


def condition(found: Found) -> Iterator[Point]:
    yield from (point("summary.criterion", one) for one in found.of(Kind.CRITERION)[:1])


def obstacle(found: Found) -> Iterator[Point]:
    yield from (point("summary.others", one) for one in found.of(Kind.OTHERS_DOUBT)[:1])
    doubts = [one for one in found.of(Kind.OBJECTION) if not is_settled(one, found)]
    yield from (point("summary.doubt", one) for one in doubts[:1])


def next_step(found: Found) -> Iterator[Point]:
    agreed = found.of(Kind.AGREEMENT)
    yield from (cited("summary.agreed", one) for one in agreed[:1])
    if not agreed and found.is_language_known and not found.sells:
        yield Point("summary.not_agreed", rules=("no_agreement",))
