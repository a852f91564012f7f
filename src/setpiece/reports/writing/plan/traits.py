"""Habits in language and in taking turns, each with what shows it; never a trait of a person, and never from sound. Pure."""

from collections.abc import Iterator

from setpiece.reports.moments import Found, Kind, Topic
from setpiece.reports.writing.model import Point
from setpiece.reports.writing.plan.parts import measured, point, with_amount, with_number

_FAST_S = 1.0
_BREAKS_IN = 3
"""Times; fewer happen on any call."""
_TURNS_TO_JUDGE = 8
_LONG_S, _SHORT_S = 45.0, 15.0
"""Of the longest stretch: by judgement, above it listeners look for an end, below it nothing was explained at length."""


def traits(found: Found) -> Iterator[Point]:
    """Habits, the most telling first; the frame's name with `.phrase` is its phrase."""
    yield from _of_language(found)
    yield from _of_turns(found)


def _of_language(found: Found) -> Iterator[Point]:
    figures = [*with_amount(found.of(Kind.PAIN)), *with_number(found.of(Kind.PAIN, Kind.SITUATION))]
    if len(figures) > 1:
        yield point("trait.numbers", figures[1])  # the first is for the section on what drives them
    criteria = found.of(Kind.CRITERION)
    proofs = [one for one in criteria if one.topic is Topic.PROOF or "asset" in one.terms]
    yield from (point("trait.proof", one) for one in proofs[:1])
    yield from (point("trait.conditions", one) for one in criteria[:1] if not proofs)
    yield from (point("trait.decides", one) for one in found.of(Kind.STAKEHOLDER, Kind.DECISION)[:1])
    yield from (point("trait.doubts", one) for one in found.of(Kind.OBJECTION)[:1])
    if len(questions := found.of(Kind.QUESTION)) > 1:
        yield point("trait.asks", questions[0])
    yield from (point("trait.compares", one) for one in found.of(Kind.COMPETITOR)[:1])
    yield from (point("trait.commits", one) for one in found.of(Kind.COMMITMENT)[:1])
    if len(dates := found.of(Kind.TIMING)) > 1:
        yield point("trait.dates", dates[0])
    yield from (point("trait.writing", one) for one in found.of(Kind.PREFERENCE)[:1])


def _of_turns(found: Found) -> Iterator[Point]:
    measures = found.measures
    if measures is None:
        return
    delay_s = measures.response_delay_median_s
    if delay_s is not None and 0 < delay_s <= _FAST_S and measures.turn_count >= _TURNS_TO_JUDGE:
        yield from measured("trait.fast", response=delay_s)
    if measures.interruption_count >= _BREAKS_IN:
        yield from measured("trait.breaks_in", interruptions=measures.interruption_count)
    elif measures.turn_count >= _TURNS_TO_JUDGE and not measures.interruption_count:
        yield from measured(
            "trait.waits", turns=measures.turn_count, interruptions=measures.interruption_count
        )
    share = measures.talk_share_ratio
    frame = "trait.talks" if share > 0.6 else "trait.listens" if share < 0.4 else "trait.even"
    yield from measured(frame, share=share)
    if measures.longest_monologue_s >= _LONG_S:
        yield from measured("trait.long", monologue=measures.longest_monologue_s)
    elif measures.longest_monologue_s <= _SHORT_S:
        yield from measured("trait.short", monologue=measures.longest_monologue_s)
    yield from measured("trait.turns", turns=measures.turn_count)
