"""Ask, check, ask again with the reasons, and in the end leave it to the embedded writer, saying so."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import structlog

from setpiece.kernel.errors import SetpieceError
from setpiece.providers.llm.configured import ConfiguredModel
from setpiece.providers.llm.port import Tally
from setpiece.reports.moments import Found
from setpiece.reports.writing.compose import Composed
from setpiece.reports.writing.llm.answer import SCHEMA, Answered, Said, read_answer
from setpiece.reports.writing.llm.check import Problem, problems_in
from setpiece.reports.writing.llm.material import Planned, material, plan_of
from setpiece.reports.writing.llm.prompt import again, first_prompt
from setpiece.reports.writing.model import Ask, Point, Section, Statement

log = structlog.get_logger(__name__)

MOST_ANSWERS = 3
"""A first answer and two corrections, as for emails."""


@dataclass(frozen=True, slots=True)
class ModelWritten:
    """A report by a language model, or why there is none.

    Attributes:
        composed: None when the model's text may not be printed.
        model: As the vendor calls what answered.
        refused: Why the text was not used.
    """

    composed: Composed | None
    model: str
    answers: int
    refused: str = ""


async def write_with(llm: ConfiguredModel, composed: Composed, found: Found, ask: Ask) -> ModelWritten:
    """The report in the model's words, or None in its place; raises nothing of the model's."""
    planned = plan_of(composed)
    tally = Tally()
    prompt, ends = first_prompt(material(planned, found, ask)), time.monotonic() + llm.deadline_s
    problems: list[Problem] = []
    answers, model = 0, llm.model.model
    try:
        while planned and answers < MOST_ANSWERS and (left_s := ends - time.monotonic()) > 0:
            completion = await llm.model.complete(prompt, SCHEMA, within_s=left_s, tally=tally)
            answers, model = answers + 1, completion.model
            answered = read_answer(completion.output)
            problems = problems_in(answered, planned, found)
            if not problems:
                return ModelWritten(_composed(answered, planned, composed), model, answers)
            log.info("llm_report_refused", answer=answers, problems=len(problems))
            prompt = again(prompt, completion.output, problems)
    except SetpieceError as error:
        log.warning("llm_not_used", code=error.code, answers=answers)
        return ModelWritten(None, model, answers, error.message)
    return ModelWritten(
        None,
        model,
        answers,
        f"after {answers} answers: {problems[0]}" if problems else "there was nothing to write",
    )


def _composed(answered: Sequence[Answered], planned: Sequence[Planned], composed: Composed) -> Composed:
    """The model's statements in their places; sections without evidence, and what the report says of itself, stay."""
    by_key = {
        plan.key: tuple(_statement(said, plan) for said in one.statements)
        for one, plan in zip(answered, planned, strict=True)
    }
    summary = composed.summary
    if "summary" in by_key:
        planned_points = {id(one) for one in planned[0].points.values()}
        summary = (*by_key["summary"], *(one for one in summary if id(one) not in planned_points))
    return Composed(composed.title, summary, tuple(_sections(by_key, composed.sections)))


def _sections(by_key: dict[str, tuple[Statement, ...]], sections: Sequence[Section]) -> Iterator[Section]:
    for section in sections:
        said = by_key.get(section.key)
        if said is None:
            yield section
        elif section.kind == "traits":
            yield replace(section, statements=said, phrases=tuple(one.title or "" for one in said))
        else:
            yield replace(section, statements=said)


def _statement(said: Said, plan: Planned) -> Statement:
    """With the evidence of all the points it cites."""
    points = [plan.points[one].point for one in said.points]
    return Statement(said.text, _merged(points), said.title or None)


def _merged(points: Sequence[Point]) -> Point:
    return Point(
        "language_model",
        quotes=tuple(one for point in points for one in point.quotes),
        cites=tuple(one for point in points for one in point.cites),
        measures={name: value for point in points for name, value in point.measures.items()},
        rules=tuple(dict.fromkeys(rule for point in points for rule in point.rules)),
        facts=tuple(one for point in points for one in point.facts),
    )
