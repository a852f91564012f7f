"""The embedded writer: from what was found to the sections of a report. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from setpiece.reports.moments import Found
from setpiece.reports.writing.frames import TONGUES
from setpiece.reports.writing.library import Ties, key_of
from setpiece.reports.writing.model import LEAST_SPEECH_S, Ask, Point, Section, Statement
from setpiece.reports.writing.plan import summary as plan
from setpiece.reports.writing.realise import Realiser, first_said
from setpiece.reports.writing.templates import SECTIONS, SHORT, TITLES, SectionPlan

_MUCH_SPEECH_S = 300.0
"""By judgement: in five minutes of speech the same thing comes up twice if it matters."""


@dataclass(frozen=True, slots=True)
class Composed:
    """A report as statements with their evidence."""

    title: str
    summary: tuple[Statement, ...]
    sections: tuple[Section, ...]


def compose(found: Found, ask: Ask, ties: Ties) -> Composed:
    """The report; `ties` are the library's facts for words of the call."""
    realiser = Realiser(found, TONGUES[ask.language], are_foreign=found.language != ask.language)
    title = ask.title or realiser.plain(TITLES[ask.template])
    if found.speech_s < LEAST_SPEECH_S:
        return Composed(title, _little(found, realiser), (_short(realiser, SHORT[ask.template]),))
    sections = tuple(_section(one, found, ties, realiser) for one in SECTIONS[ask.template])
    return Composed(title, tuple(_summary(found, realiser)), sections)


def _section(planned: SectionPlan, found: Found, ties: Ties, realiser: Realiser) -> Section:
    said = first_said(realiser, planned.plan(found), planned.most, is_repeat=planned.kind == "traits")
    return Section(
        key=planned.key,
        kind=planned.kind,
        title=realiser.tongue.section_titles[planned.key],
        statements=tuple(_with_library(said, ties, realiser)) if planned.kind == "paragraph" else said,
        nothing=realiser.plain(f"none.{planned.key}"),
        nothing_title=realiser.plain(f"none.{planned.key}.title") if planned.kind == "actions" else "",
        phrases=_phrases(said, realiser) if planned.kind == "traits" else (),
    )


def _with_library(said: tuple[Statement, ...], ties: Ties, realiser: Realiser) -> Iterator[Statement]:
    """Behind a need or a doubt what the library says to it."""
    for statement in said:
        yield statement
        facts = [ties[key_of(one)] for one in statement.point.quotes[:1] if key_of(one) in ties]
        told = Point("library.fact", cites=statement.point.quotes[:1], facts=tuple(facts), rules=("library",))
        if facts and (more := realiser.say(told)):
            yield more


def _phrases(said: tuple[Statement, ...], realiser: Realiser) -> tuple[str, ...]:
    """Exactly three: one for each habit that was found, and for the rest that there was nothing."""
    shown = [realiser.plain(f"{one.point.frame}.phrase") for one in said]
    return tuple([*shown, *realiser.tongue.frames["none.phrases"]][:3])


def _summary(found: Found, realiser: Realiser) -> Iterator[Statement]:
    if found.sells:
        yield from first_said(realiser, [Point("summary.sells", rules=("sells",))], 1)
    for part in (plan.problem, plan.condition, plan.obstacle, plan.next_step):
        yield from first_said(realiser, part(found), 1, is_repeat=True)
    frame = "summary.rests" if found.speech_s >= _MUCH_SPEECH_S else "summary.rests_little"
    basis = Point(frame, measures={"minutes": found.speech_s}, rules=("measures",))
    yield from first_said(realiser, [basis], 1)
    if not found.is_language_known:
        yield from first_said(realiser, [Point("summary.no_rules")], 1)
    elif realiser.are_foreign:
        language = realiser.tongue.languages[found.language]
        yield Statement(
            realiser.tongue.frames["summary.quotes"][0].format(language=language), Point("summary.quotes")
        )


def _little(found: Found, realiser: Realiser) -> tuple[Statement, ...]:
    if not found.speech_s:
        return first_said(realiser, [Point("summary.silent")], 1)
    measures = {"speech": found.speech_s, "least": LEAST_SPEECH_S}
    return first_said(realiser, [Point("summary.little", measures=measures, rules=("measures",))], 1)


def _short(realiser: Realiser, planned: SectionPlan) -> Section:
    is_actions = planned.kind == "actions"
    return Section(
        key=planned.key,
        kind=planned.kind,
        title=realiser.tongue.section_titles[planned.key],
        statements=(),
        nothing=realiser.plain("little.context" if is_actions else "little.body"),
        nothing_title=realiser.plain("little.title") if is_actions else "",
    )
