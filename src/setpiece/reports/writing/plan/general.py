"""The sections of a general report: which moments serve each, the most useful first. Pure."""

from collections.abc import Iterator

from setpiece.reports.moments import Found, Kind, Topic
from setpiece.reports.writing.model import Point
from setpiece.reports.writing.plan.parts import (
    EARLY_S,
    answering,
    cited,
    is_settled,
    measured,
    objection,
    point,
    replying,
    welcomes,
    with_amount,
    with_number,
)
from setpiece.reports.writing.plan.sales import early_situations, own_words, wishes


def how_they_think(found: Found) -> Iterator[Point]:
    for moment in found.of(Kind.CRITERION)[:2]:
        yield from answering("think.criterion_asked", moment)
        yield point("think.criterion", moment)
    yield from (point("think.numbers", one) for one in with_number(found.of(Kind.PAIN))[1:2])
    yield from (point("think.rival", one) for one in found.of(Kind.COMPETITOR)[:1])
    yield from (point("think.questions", one) for one in found.questions[:1])


def how_they_operate(found: Found) -> Iterator[Point]:
    yield from (point("operate.situation", one) for one in early_situations(found)[:2])
    yield from (point("operate.process", one) for one in found.of(Kind.DECISION)[:2])
    for moment in found.of(Kind.STAKEHOLDER)[:1]:
        yield from answering("operate.people_asked", moment)
        yield point("operate.people", moment)
    yield from (point("operate.preference", one) for one in wishes(found)[1:2])
    late = [one for one in found.of(Kind.TIMING) if one.said.start_s >= EARLY_S]
    yield from (point("operate.timing", one) for one in late[:2])


def what_drives_them(found: Found) -> Iterator[Point]:
    pains = found.of(Kind.PAIN)
    yield from (point("drives.cost", one) for one in with_amount(pains)[:1])
    yield from (point("drives.need", one) for one in found.of(Kind.NEED)[:2])
    yield from (point("drives.pain", one) for one in [*with_number(pains), *pains][:5])


def how_they_connect(found: Found) -> Iterator[Point]:
    openings = found.said(Kind.OPENING)
    early = [
        one
        for one in found.said(Kind.TIMING, Kind.SITUATION)
        if openings and one.said.turn == openings[0].said.turn and one.said.start_s < EARLY_S
    ]
    yield from (point("connect.event", one) for one in early[:1])
    yield from (point("connect.opening", one) for one in openings[:1] if not early)
    if found.open_question:
        yield Point("connect.open_question", (found.open_question,), rules=("longest_answer",))
    yield from own_words("connect.words", found)
    if found.measures and found.measures.turn_count:
        share = found.measures.talk_share_ratio
        yield from measured("connect.talks" if share >= 0.5 else "connect.listens", share=share)


def how_they_handle_feedback(found: Found) -> Iterator[Point]:
    for moment in welcomes(found)[:2]:
        yield from replying("feedback.liked", moment)
    for moment in found.of(Kind.REFUSAL)[:1]:
        yield from replying("feedback.refused", moment)


def pressure_response(found: Found) -> Iterator[Point]:
    for moment in found.of(Kind.OBJECTION)[:2]:
        yield from objection(moment, found)
    for moment in found.of(Kind.AGREEMENT)[:1]:
        yield from answering("pressure.asked_for_date", moment)
    yield from (point("pressure.others", one) for one in found.of(Kind.OTHERS_DOUBT)[:1])
    if found.measures and found.measures.interruption_count > 1:
        yield from measured("pressure.interrupts", interruptions=found.measures.interruption_count)


def how_to_get_their_best(found: Found) -> Iterator[Point]:
    for moment in found.of(Kind.CRITERION)[:1]:
        frame = "best.asset" if "asset" in moment.terms else "best.condition"
        yield cited(frame, moment, title=f"{frame}.title")
    figures = [*with_amount(found.of(Kind.PAIN)), *with_number(found.of(Kind.PAIN))]
    yield from (cited("best.numbers", one, title="best.numbers.title") for one in figures[:1])
    yield from (point("best.request", one, title="best.request.title") for one in found.of(Kind.REQUEST)[:2])
    yield from (point("best.preference", one, title="best.preference.title") for one in wishes(found)[:2])
    settled = [one for one in found.of(Kind.OBJECTION) if is_settled(one, found) and one.reaction]
    yield from (cited("best.questions", one, title="best.questions.title") for one in settled[:1])
    if found.open_question:
        yield Point(
            "best.open_question",
            cites=(found.open_question,),
            rules=("longest_answer",),
            title="best.open_question.title",
        )


def how_to_handle_the_hard_parts(found: Found) -> Iterator[Point]:
    for moment in found.of(Kind.OBJECTION)[:3]:
        if moment.topic and is_settled(moment, found):
            yield cited("hard.doubt_cited", moment, title="hard.doubt_cited.title")
        elif moment.topic:
            yield point("hard.doubt", moment, title="hard.doubt.title")
        else:
            yield point("hard.doubt_plain", moment, title="hard.doubt_plain.title")
    yield from (
        cited("hard.others", one, title="hard.others.title") for one in found.of(Kind.OTHERS_DOUBT)[:1]
    )
    yield from (cited("hard.rival", one, title="hard.rival.title") for one in found.of(Kind.COMPETITOR)[:1])
    yield from (point("hard.refused", one, title="hard.refused.title") for one in found.of(Kind.REFUSAL)[:1])
    late = [one for one in found.of(Kind.TIMING) if one.said.start_s >= EARLY_S]
    yield from (cited("hard.date", one, title="hard.date.title") for one in late[:1])


def bottom_line(found: Found) -> Iterator[Point]:
    yield from (cited("bottom.condition", one) for one in found.of(Kind.CRITERION)[:1])
    costs = with_amount(found.of(Kind.PAIN))
    yield from (cited("bottom.cost", one) for one in costs[:1])
    if not costs:
        yield from (cited("bottom.pain", one) for one in found.of(Kind.PAIN)[:1])
    doubts = [one for one in found.of(Kind.OBJECTION) if one.topic and one.topic is not Topic.TIME]
    doubts.sort(key=lambda one: is_settled(one, found))
    for moment in doubts[:1]:
        yield cited("bottom.settled" if is_settled(moment, found) else "bottom.doubt", moment)
    yield from (cited("bottom.others", one) for one in found.of(Kind.OTHERS_DOUBT)[:1])
    yield from (cited("bottom.next", one) for one in found.of(Kind.AGREEMENT)[:1])
