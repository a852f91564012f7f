"""What the plans of all sections share: points made from moments. Pure."""

from collections.abc import Iterable, Iterator
from itertools import zip_longest

from setpiece.reports.moments import Found, Kind, Moment
from setpiece.reports.moments.said import follows, joined
from setpiece.reports.writing.model import Point

EARLY_S = 90.0
"""What is said before this is told by way of greeting; small talk on the example calls ends within 20 seconds."""


def point(frame: str, moment: Moment, *more: Moment, title: str | None = None) -> Point:
    """The words of one moment, or of several."""
    moments = (moment, *more)
    return Point(
        frame,
        quotes=tuple(one.said for one in moments),
        words=moment.terms,
        topics=tuple(one.topic for one in moments if one.topic),
        rules=tuple(one.rule for one in moments),
        title=title,
    )


def cited(frame: str, moment: Moment, *more: Moment, title: str | None = None) -> Point:
    """The time of a moment, without its words."""
    moments = (moment, *more)
    return Point(
        frame,
        cites=tuple(one.said for one in moments),
        words=moment.terms,
        topics=tuple(one.topic for one in moments if one.topic),
        rules=tuple(one.rule for one in moments),
        title=title,
    )


def answering(frame: str, moment: Moment, *, title: str | None = None) -> Iterator[Point]:
    """The moment after the question that asked for it, or without which it says little."""
    if moment.asked and (moment.is_answer or moment.is_vague or moment.kind is Kind.AGREEMENT):
        made = point(frame, moment, title=title)
        yield Point(
            frame, (moment.said, moment.asked), made.cites, made.words, {}, made.topics, made.rules, (), title
        )


def replying(frame: str, moment: Moment) -> Iterator[Point]:
    """The moment after what it was said to."""
    if moment.to:
        made = point(frame, moment)
        yield Point(frame, (moment.said, moment.to), words=made.words, topics=made.topics, rules=made.rules)


def measured(frame: str, **measures: float | None) -> Iterator[Point]:
    """Numbers of the speaker's measures; none when one of them is not known."""
    known = {name: value for name, value in measures.items() if value is not None}
    if len(known) == len(measures):
        yield Point(frame, measures=known, rules=("measures",))


def objection(moment: Moment, found: Found) -> Iterator[Point]:
    """A doubt with what was answered and what was said to that, as far as it went."""
    moment = _with_its_question(moment, found)
    rules, topics = (moment.rule,), (moment.topic,) if moment.topic else ()
    answer, reaction = moment.answer, moment.reaction
    if answer and reaction:
        kinds = {one.kind for one in found.in_turn(reaction.turn) if one.said.overlaps(reaction)}
        if Kind.WELCOME in kinds or Kind.AGREEMENT in kinds:
            frame = "objection.settled_asked" if moment.said.is_question else "objection.settled"
            yield Point(frame, (moment.said, answer, reaction), topics=topics, rules=rules)
        elif kinds & {Kind.OBJECTION, Kind.REFUSAL}:
            yield Point("objection.contested", (moment.said, answer, reaction), topics=topics, rules=rules)
    if answer:
        yield Point("objection.answered", (moment.said, answer), topics=topics, rules=rules)
    yield Point("objection.open", (moment.said,), topics=topics, rules=rules)


def _with_its_question(moment: Moment, found: Found) -> Moment:
    """A doubt together with the question that follows it in the same breath."""
    for question in found.in_turn(moment.said.turn):
        if question.kind is Kind.QUESTION and follows(moment.said, question.said):
            return Moment(
                moment.kind,
                joined(moment.said, question.said),
                f"{moment.rule}+{question.rule}",
                moment.strength,
                moment.topic or question.topic,
                answer=question.answer,
                reaction=question.reaction,
            )
    return moment


def is_settled(moment: Moment, found: Found) -> bool:
    """Whether a good word followed the answer."""
    return any(one.frame.startswith("objection.settled") for one in objection(moment, found))


def welcomes(found: Found) -> list[Moment]:
    """Good words that answer no doubt: those belong to the doubt."""
    turns = {
        one.reaction.turn
        for one in found.of(Kind.OBJECTION, Kind.QUESTION)
        if one.reaction and one.topic and is_doubt(one, found)
    }
    return [one for one in found.of(Kind.WELCOME) if one.said.turn not in turns]


def is_doubt(moment: Moment, found: Found) -> bool:
    """A doubt, or the question that goes with one."""
    return moment.kind is Kind.OBJECTION or any(
        one.kind is Kind.OBJECTION and follows(one.said, moment.said)
        for one in found.in_turn(moment.said.turn)
    )


def in_turn(*lists: Iterable[Point]) -> Iterator[Point]:
    """The first points of all lists, then the second ones: a section has something of everything before it repeats itself."""
    for row in zip_longest(*lists):
        yield from (one for one in row if one)


def with_amount(moments: Iterable[Moment]) -> list[Moment]:
    return [one for one in moments if "amount" in one.terms]


def with_number(moments: Iterable[Moment]) -> list[Moment]:
    return [one for one in moments if "number" in one.terms and "amount" not in one.terms]


def without_number(moments: Iterable[Moment]) -> list[Moment]:
    return [one for one in moments if "number" not in one.terms and "amount" not in one.terms]
