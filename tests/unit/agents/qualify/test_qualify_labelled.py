"""Labelled questions: one half to develop the rules on, one that only reports."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml

from setpiece.agents.qualify.evaluate.answer import answer_question
from setpiece.agents.qualify.evaluate.known import read_known
from setpiece.agents.qualify.evaluate.verdict import Verdict

HERE = Path(__file__).parent
PRECISION_WANTED = 0.95
"""The target set with the table: a wrong yes or no is worse than an unknown."""


class _Plain(yaml.SafeLoader):
    """`Yes` and `No` are labels here, not booleans."""


_Plain.yaml_implicit_resolvers = {
    letter: [one for one in found if one[0] != "tag:yaml.org,2002:bool"]
    for letter, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}

Row = tuple[str, str, dict[str, Any]]


def rows(half: str) -> list[Row]:
    loaded = yaml.load((HERE / f"labelled_{half}.yaml").read_text(encoding="utf-8"), _Plain)
    return [(label, question, given) for label, question, given in loaded]


def answered(question: str, given: dict[str, Any]) -> Verdict:
    title = given.get("jobTitle")
    known = read_known({"jobTitle": title}, given.get("context"), job_title=title, names=[])
    return answer_question(question, known)


def tallied(labelled: Sequence[Row]) -> Counter[tuple[str, str]]:
    return Counter((label, answered(question, given).answer.value) for label, question, given in labelled)


def precision_and_recall(tally: Counter[tuple[str, str]], answer: str) -> tuple[float, float]:
    right = tally[answer, answer]
    said = sum(count for (_, given), count in tally.items() if given == answer)
    there = sum(count for (label, _), count in tally.items() if label == answer)
    return right / said, right / there


def test_there_are_enough_rows_in_both_halves_and_none_twice():
    halves = [rows("develop"), rows("report")]
    assert all(len(half) >= 60 for half in halves)
    seen = [(question, str(given)) for half in halves for _, question, given in half]
    assert len(seen) == len(set(seen))


@pytest.mark.parametrize(("label", "question", "given"), rows("develop"))
def test_a_row_of_the_first_half_is_answered_as_labelled(label: str, question: str, given: dict[str, Any]):
    assert answered(question, given).answer.value == label


@pytest.mark.parametrize("answer", ["Yes", "No"])
def test_yes_and_no_are_precise_on_the_half_that_only_reports(answer: str, record_property: Any):
    precision, recall = precision_and_recall(tallied(rows("report")), answer)
    record_property("precision", precision)
    print(f"{answer}: precision {precision:.1%}, recall {recall:.1%}")  # noqa: T201 - the report itself
    assert precision >= PRECISION_WANTED


@pytest.mark.parametrize("half", ["develop", "report"])
def test_an_answer_quotes_what_was_given_and_an_unknown_without_contradiction_quotes_nothing(half: str):
    for _, question, given in rows(half):
        verdict = answered(question, given)
        told = " ".join(str(given).split())
        if verdict.answer.value == "Unknown":
            assert not verdict.evidence or "contradicts" in verdict.rationale
        else:
            assert verdict.evidence
            for one in verdict.evidence:
                assert all(part in told for part in one.quote.split(", ")), (question, one)


def test_nothing_given_answers_nothing():
    for half in ("develop", "report"):
        for _, question, _ in rows(half):
            assert answered(question, {}).answer.value == "Unknown", question
