"""One question answered: every rule is asked, and what they find has to agree."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from setpiece.agents.qualify.evaluate.claim import from_claims
from setpiece.agents.qualify.evaluate.flag import from_flags
from setpiece.agents.qualify.evaluate.industry import from_industry
from setpiece.agents.qualify.evaluate.known import Known
from setpiece.agents.qualify.evaluate.place import from_places
from setpiece.agents.qualify.evaluate.quantity import from_quantities
from setpiece.agents.qualify.evaluate.question import Asked, read_question
from setpiece.agents.qualify.evaluate.role import from_role
from setpiece.agents.qualify.evaluate.tool import from_tools
from setpiece.agents.qualify.evaluate.verdict import Answer, Evidence, Verdict
from setpiece.matching.model import Confidence

Rule = Callable[[Asked, Known], Iterator[Verdict]]
RULES: tuple[Rule, ...] = (
    from_flags,
    from_quantities,
    from_places,
    from_industry,
    from_tools,
    from_role,
    from_claims,
)
_MOST_EVIDENCE = 3
_SURE = (Confidence.LOW, Confidence.MEDIUM, Confidence.HIGH)

NOT_YES_NO = Verdict(Answer.UNKNOWN, "This does not read as a yes-or-no question.")
NOTHING_FOUND = Verdict(Answer.UNKNOWN, "Nothing that was given says so or denies it.")


def answer_question(question: str, known: Known) -> Verdict:
    """Yes or no with the words it rests on, or unknown.

    A question with `or` is yes when one alternative is, and no when all are. Evidence for both answers gives unknown.
    """
    asked = read_question(question)
    if not asked:
        return NOT_YES_NO
    return _merged([_one(alternative, known) for alternative in asked])


def answer_any(questions: Sequence[str], known: Known) -> Verdict:
    """Several questions as one: yes when one of them is, no when all are."""
    return _merged([answer_question(one, known) for one in questions])


def _merged(verdicts: Sequence[Verdict]) -> Verdict:
    affirmed = next((one for one in verdicts if one.answer is Answer.YES), None)
    if affirmed is not None:
        return affirmed
    if all(one.answer is Answer.NO for one in verdicts):
        return replace(verdicts[0], evidence=_once(verdicts))
    return next((one for one in verdicts if one.answer is Answer.UNKNOWN), NOTHING_FOUND)


def _one(asked: Asked, known: Known) -> Verdict:
    found = [verdict for rule in RULES for verdict in rule(asked, known)]
    answers = {one.answer for one in found}
    if not found:
        return NOTHING_FOUND
    if len(answers) > 1:
        return Verdict(Answer.UNKNOWN, "What was given contradicts itself.", evidence=_once(found))
    best = max(found, key=lambda one: _SURE.index(one.confidence))
    told = replace(best, evidence=_once([best, *found]))
    if asked.flipped:
        told = replace(
            told, answer=told.answer.flipped, rationale=f"{told.rationale} The question asks for its absence."
        )
    return told


def _once(verdicts: Sequence[Verdict]) -> tuple[Evidence, ...]:
    return tuple(dict.fromkeys(one for verdict in verdicts for one in verdict.evidence))[:_MOST_EVIDENCE]
