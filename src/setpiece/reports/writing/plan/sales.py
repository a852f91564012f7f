"""The sections of a sales playbook: which moments serve each, the most useful first. Pure.

Every function offers more points than are printed; who writes takes the first ones whose words were not quoted before.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from setpiece.reports.moments import Found, Kind, Moment, Topic
from setpiece.reports.writing.model import Point
from setpiece.reports.writing.plan.parts import (
    EARLY_S,
    answering,
    cited,
    in_turn,
    is_settled,
    measured,
    objection,
    point,
    replying,
    welcomes,
    with_amount,
    with_number,
    without_number,
)

_WARM_S = 15.0
"""Before this people apologise for being late."""
_SOON_S = 15.0
"""A promise this close to a request is about it."""


def what_drives_a_yes(found: Found) -> Iterator[Point]:
    yield from _criteria(found)
    pains = found.of(Kind.PAIN)
    yield from (point("yes.cost", one) for one in with_amount(pains)[:2])
    yield from (
        made
        for one in welcomes(found)
        if _is_on_price(one, found)
        for made in replying("yes.price_good", one)
    )
    yield from (point("yes.need", one) for one in found.of(Kind.NEED)[:2])
    for moment in [*with_number(pains)[:2], *without_number(pains)[:2]]:
        yield from answering("yes.pain_asked", moment)
        yield point("yes.pain_number" if "number" in moment.terms else "yes.pain", moment)
    yield from (made for one in welcomes(found) for made in replying("yes.liked", one))


def _criteria(found: Found) -> Iterator[Point]:
    for moment in found.of(Kind.CRITERION)[:3]:
        has_asset = "asset" in moment.terms
        yield from answering("yes.asset_asked" if has_asset else "yes.asked", moment)
        yield point("yes.asset" if has_asset else _condition_frame(moment), moment)


def _condition_frame(moment: Moment) -> str:
    name = moment.rule.rsplit(".", 1)[-1]
    return {"breaker": "yes.breaker", "if": "yes.condition", "either": "yes.condition"}.get(
        name, "yes.criterion"
    )


def _is_on_price(welcome: Moment, found: Found) -> bool:
    """Whether a good word is about a price that was named."""
    priced = [
        one.said for one in found.said(Kind.OFFER) if one.topic is Topic.PRICE and "amount" in one.terms
    ]
    return welcome.to is not None and any(welcome.to.overlaps(said) for said in priced)


def how_to_build_rapport_fast(found: Found) -> Iterator[Point]:
    early = [one for one in found.said(Kind.TIMING, Kind.SITUATION) if one.said.start_s < EARLY_S]
    openings = found.said(Kind.OPENING)
    events = [one for one in early if openings and one.said.turn == openings[0].said.turn]
    yield from (point("rapport.event", one) for one in events[:1])
    if not events:
        yield from (made for one in openings[:1] for made in answering("rapport.opening", one))
    yield from (point("rapport.preference", one) for one in wishes(found)[:2])
    if found.open_question:
        yield Point("rapport.open_question", (found.open_question,), rules=("longest_answer",))
    yield from own_words("rapport.words", found)
    yield from (point("rapport.situation", one) for one in early_situations(found)[:1])
    yield from _share(found)


def early_situations(found: Found) -> list[Moment]:
    """What was told of the work before the conversation turned to the offer."""
    return [one for one in found.of(Kind.SITUATION) if one.is_answer or _WARM_S < one.said.start_s < EARLY_S]


def wishes(found: Found) -> list[Moment]:
    """Preferences that are no requests: those are for the follow-up."""
    requests = found.of(Kind.REQUEST)
    return [
        one
        for one in found.of(Kind.PREFERENCE)
        if not any(one.said.overlaps(other.said) for other in requests)
    ]


def own_words(frame: str, found: Found) -> Iterator[Point]:
    if len(found.own_words) > 1:
        yield Point(frame, words={"words": "\n".join(found.own_words)}, rules=("own_words",))


def _share(found: Found) -> Iterator[Point]:
    if found.measures and found.measures.talk_share_ratio >= 0.5:
        yield from measured("rapport.talks", share=found.measures.talk_share_ratio)
    elif found.measures and found.measures.talk_share_ratio <= 0.35:
        yield from measured("rapport.listens", share=found.measures.talk_share_ratio)


def buying_tendencies(found: Found) -> Iterator[Point]:
    rivals = found.of(Kind.COMPETITOR)[:2]
    yield from islice(_deciders(found), 6)
    yield from in_turn(
        (point("buying.rival_price" if _is_priced_rival(one) else "buying.rival", one) for one in rivals),
        (point("buying.budget", one) for one in found.of(Kind.BUDGET)[:2]),
        (point("buying.timing", one) for one in found.of(Kind.TIMING)[:2]),
        _questions_in_order(found),
    )


def _deciders(found: Found) -> Iterator[Point]:
    """Who decides and how, those first that were asked for."""
    for moment in found.of(Kind.STAKEHOLDER, Kind.DECISION)[:4]:
        is_person = moment.kind is Kind.STAKEHOLDER or bool(moment.terms.keys() & {"person", "role"})
        if is_person:
            yield from answering("buying.people_asked", moment)
        yield point("buying.people" if is_person else "buying.process", moment)


def _is_priced_rival(moment: Moment) -> bool:
    return "rival" in moment.terms and (moment.topic is Topic.PRICE or "amount" in moment.terms)


def _questions_in_order(found: Found) -> Iterator[Point]:
    """What was asked about first and second."""
    first_by_topic = {one.topic: one for one in reversed(found.questions) if one.topic}
    ordered = sorted(first_by_topic.values(), key=lambda one: one.said.start_s)
    if len(ordered) > 1:
        yield cited("buying.order", *ordered[:2])


def how_they_handle_pushback(found: Found) -> Iterator[Point]:
    for moment in found.of(Kind.OBJECTION)[:4]:
        yield from objection(moment, found)
    for moment in [one for one in found.questions if one.topic][:2]:
        if moment.answer:
            yield Point("objection.question", (moment.said, moment.answer), rules=(moment.rule,))


def how_they_deal_when_sticky(found: Found) -> Iterator[Point]:
    yield from (point("sticky.others", one) for one in found.of(Kind.OTHERS_DOUBT)[:2])
    yield from (made for one in found.of(Kind.REFUSAL)[:2] for made in replying("sticky.refused", one))
    open_doubts = [one for one in found.of(Kind.OBJECTION) if not is_settled(one, found)]
    yield from (cited("sticky.open", one) for one in open_doubts[:1])
    yield from (point("sticky.lost", one) for one in found.of(Kind.COMPETITOR)[:1])
    for welcome in welcomes(found)[:2]:
        yield from replying("sticky.moved", welcome)
    yield from (point("sticky.date", one) for one in found.of(Kind.TIMING)[:1])
    yield from (point("sticky.step", one) for one in found.of(Kind.DECISION)[:1])


def how_to_close(found: Found) -> Iterator[Point]:
    yield from _agreed(found)
    yield from _condition(found)
    yield from _people(found)
    open_doubts = [one for one in found.of(Kind.OBJECTION) if one.topic and not is_settled(one, found)]
    yield from (cited("close.doubt", one, title="close.doubt.title") for one in open_doubts[:1])
    yield from (
        cited("close.doubter", one, title="close.doubter.title") for one in found.of(Kind.OTHERS_DOUBT)[:1]
    )
    costs = with_amount(found.of(Kind.PAIN))
    yield from (cited("close.cost", one, title="close.cost.title") for one in costs[:1])
    yield from (point("close.date", one, title="close.date.title") for one in found.of(Kind.TIMING)[:1])


def _agreed(found: Found) -> Iterator[Point]:
    agreed = found.of(Kind.AGREEMENT)
    for moment in sorted(agreed, key=lambda one: "when" not in one.terms)[:2]:
        title = "close.agreed_when.title" if "when" in moment.terms else "close.agreed.title"
        yield from answering("close.agreed", moment, title=title)
        yield _said_yes(moment, title if "when" in moment.terms else "close.said_yes.title")
    if not agreed and not found.said(Kind.COMMITMENT) and not found.sells:
        yield Point("close.no_step", rules=("no_agreement",), title="close.no_step.title")


def _said_yes(moment: Moment, title: str) -> Point:
    """A yes without the proposal, which was quoted before."""
    made = point("close.said_yes", moment, title=title)
    return replace(made, cites=(moment.asked,) if moment.asked else ())


def _condition(found: Found) -> Iterator[Point]:
    for moment in found.of(Kind.CRITERION)[:1]:
        frame = "close.asset" if "asset" in moment.terms else "close.criterion"
        yield cited(frame, moment, title=f"{frame}.title")


def _people(found: Found) -> Iterator[Point]:
    people = found.of(Kind.STAKEHOLDER, Kind.DECISION)
    named = next((one for one in people if "person" in one.terms), None)
    if named:
        yield cited("close.person", named, title="close.person.title")
    elif stakeholders := found.of(Kind.STAKEHOLDER):
        yield cited("close.role", stakeholders[0], title="close.role.title")


def how_to_follow_up(found: Found) -> Iterator[Point]:
    promises = found.said(Kind.PROMISE)
    for request in found.of(Kind.REQUEST)[:3]:
        answer = next((one for one in promises if abs(one.said.start_s - request.said.end_s) < _SOON_S), None)
        if answer:
            yield point("follow.request_promised", request, answer, title="follow.request.title")
        yield point("follow.request", request, title="follow.request.title")
        yield cited("follow.request_cited", request, title="follow.request.title")
    yield from (
        point("follow.commitment", one, title="follow.commitment.title")
        for one in found.of(Kind.COMMITMENT)[:2]
    )
    yield from (point("follow.promise", one, title="follow.promise.title") for one in promises[-2:])
    questions = [one for one in found.questions if one.topic]
    yield from (
        cited("follow.written", one, title="follow.written.title") for one in questions[:1] if one.answer
    )
    unanswered = [one for one in questions if not one.answer]
    yield from (point("follow.unanswered", one, title="follow.unanswered.title") for one in unanswered[:2])
    yield from (point("follow.channel", one, title="follow.channel.title") for one in wishes(found)[:3])
    yield from (point("follow.date", one, title="follow.date.title") for one in found.of(Kind.TIMING)[:1])
