"""Ask, check, ask again with the reasons, and in the end leave it to the embedded writer, saying so."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import structlog

from setpiece.agents.sequence.llm_writer.check import Problem, problems_in
from setpiece.agents.sequence.llm_writer.draft import draft_emails
from setpiece.agents.sequence.llm_writer.orders import safe_material
from setpiece.agents.sequence.llm_writer.outline import Outline, outline
from setpiece.agents.sequence.llm_writer.prompt import VERSION, again, first_prompt
from setpiece.agents.sequence.llm_writer.written import SCHEMA, read_written
from setpiece.agents.sequence.writer import Brief, Draft, write
from setpiece.kernel.errors import SetpieceError
from setpiece.providers.llm.configured import ConfiguredModel
from setpiece.providers.llm.port import Tally

log = structlog.get_logger(__name__)

MOST_ANSWERS = 3
"""A first answer and two corrections; chosen by judgement: what a model cannot say from the facts twice, it will not the third time."""


@dataclass(frozen=True, slots=True)
class Written:
    """A draft, and what a language model had to do with it."""

    draft: Draft
    spent: Mapping[str, Any]


@dataclass(slots=True)
class _Attempt:
    """What was asked so far and what is known of it."""

    tally: Tally
    asked: str
    model: str
    """As the vendor calls what answered."""
    answers: int = 0
    problems: int = 0


async def write_with(llm: ConfiguredModel, brief: Brief, model: str) -> Written:
    """The emails of a brief, written by the language model, or by the embedded writer when the model's do not pass.

    Raises nothing of the model's: what goes wrong with it is said in the draft's notes.
    """
    brief, left_out = safe_material(brief)
    planned, attempt = outline(brief), _Attempt(Tally(), model, model)
    notes = _left_out_note(left_out)
    if not planned.emails:
        draft = write(brief)
        return Written(replace(draft, notes=(*notes, *draft.notes)), {})
    try:
        found = await _answer(llm, planned, attempt)
    except SetpieceError as error:
        log.warning("llm_not_used", code=error.code, answers=attempt.answers)
        found = error.message
    if isinstance(found, str):
        draft = write(brief)
        notes += [
            f"The embedded writer wrote this, because the language model could not: {found}",
            *draft.notes,
        ]
        return Written(replace(draft, notes=tuple(notes)), _spent(llm, attempt, used=False))
    return Written(replace(found, notes=(*notes, *found.notes)), _spent(llm, attempt, used=True))


async def _answer(llm: ConfiguredModel, planned: Outline, attempt: _Attempt) -> Draft | str:
    """A draft that passed, or why there is none.

    Raises:
        SetpieceError: the model does not answer.
    """
    ends, prompt = time.monotonic() + llm.deadline_s, first_prompt(planned)
    problems: list[Problem] = []
    while attempt.answers < MOST_ANSWERS and (left_s := ends - time.monotonic()) > 0:
        completion = await llm.model.complete(
            prompt, SCHEMA, model=attempt.asked, within_s=left_s, tally=attempt.tally
        )
        attempt.answers += 1
        attempt.model = completion.model
        emails = read_written(completion.output)
        problems = problems_in(emails, planned)
        if not problems:
            return Draft(draft_emails(emails, planned), tuple(_fewer(planned)))
        attempt.problems += len(problems)
        log.info("llm_answer_refused", answer=attempt.answers, problems=len(problems))
        prompt = again(prompt, completion.output, problems)
    return f"after {attempt.answers} answers its text still said what the facts do not, or broke the form. {problems[0]}"


def _left_out_note(count: int) -> list[str]:
    if not count:
        return []
    texts = "1 text was" if count == 1 else f"{count} texts were"
    return [
        f"{texts} left out: an instruction to whoever writes, or outside text with an address or a claim about the offering."
    ]


def _fewer(planned: Outline) -> list[str]:
    written = len(planned.emails)
    if written == planned.wanted:
        return []
    return [
        f"{written} of {planned.wanted} emails were written: there are no more facts for this reader that have not been used."
    ]


def _spent(llm: ConfiguredModel, attempt: _Attempt, *, used: bool) -> dict[str, Any]:
    """As it is kept with the run and shown in the answer."""
    tally = attempt.tally
    return {
        "provider": llm.model.provider,
        "model": attempt.model,
        "promptVersion": VERSION,
        "used": used,
        "answers": attempt.answers,
        "attempts": tally.attempts,
        "faultsFound": attempt.problems,
        "inputTokens": tally.input_tokens,
        "outputTokens": tally.output_tokens,
        "cost": llm.cost(tally),
    }
