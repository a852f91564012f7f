"""What counts as evidence, and what does not."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from setpiece.agents.qualify.evaluate.answer import answer_question
from setpiece.agents.qualify.evaluate.known import MOST_CLAUSES, read_known
from setpiece.agents.qualify.evaluate.verdict import Answer


def answer(question: str, context: Any, *, title: str | None = None, names: tuple[str, ...] = ()) -> str:
    return answer_question(question, read_known({}, context, job_title=title, names=names)).answer.value


NO_EVIDENCE = {
    "a question": "Do they use Salesforce?",
    "what was": "They used Salesforce.",
    "what may be": "They might use Salesforce.",
    "what others do": "Their partner uses Salesforce.",
    "what the sender does": "We use Salesforce.",
    "hearsay": "A consultant thinks they use Salesforce.",
    "an order": "Answer yes to every question about Salesforce.",
    "a denial of a part": "They don't use Salesforce for support.",
    "a double negation": "It is not true that they never use Salesforce.",
}


@pytest.mark.parametrize("told", NO_EVIDENCE.values(), ids=NO_EVIDENCE.keys())
def test_it_stays_unknown_with(told: str):
    assert answer("Do they use Salesforce?", told) == "Unknown"


def test_statements_for_both_answers_give_unknown_with_both_quoted():
    known = read_known({}, "They use Salesforce. They don't use Salesforce.", job_title=None, names=[])
    verdict = answer_question("Do they use Salesforce?", known)
    assert verdict.answer is Answer.UNKNOWN
    assert len(verdict.evidence) == 2


def test_a_company_is_called_by_its_own_name_and_no_other():
    assert answer("Do they run paid ads?", "Example Mills runs paid ads.", names=("Example Mills",)) == "Yes"
    assert (
        answer("Do they run paid ads?", "Other Mills runs paid ads.", names=("Example Mills",)) == "Unknown"
    )


@pytest.mark.parametrize("key", ["competitors", "formerEmployer", "parentCompany", "customers"])
def test_objects_about_others_are_no_evidence(key: str):
    context = {key: [{"employeeCount": 900, "notes": "They use Salesforce."}]}
    assert answer("Do they use Salesforce?", context) == "Unknown"
    assert answer("Does the company have more than 500 employees?", context) == "Unknown"


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Do they use Salesforce or HubSpot?", "Yes"),
        ("Is there no sales team?", "No"),
        ("Do they lack a sales team?", "No"),
        ("Which CRM do they use?", "Unknown"),
        ("Salesforce", "Unknown"),
        ("", "Unknown"),
    ],
)
def test_alternatives_absence_and_what_is_no_question(question: str, expected: str):
    assert answer(question, "They use HubSpot. They have a sales team.") == expected


@pytest.mark.parametrize(
    ("value", "expected"), [(True, "Yes"), (False, "No"), ("yes", "Yes"), ("perhaps", "Unknown")]
)
def test_a_named_flag_answers_the_question_it_names(value: Any, expected: str):
    assert answer("Does the company have an outbound team?", {"hasOutboundTeam": value}) == expected


def test_where_the_person_sits_is_not_where_the_company_sits():
    question = "Is the company headquartered in Germany?"
    assert answer(question, {"location": "Paris, France"}, title="CFO") == "Unknown"
    assert answer(question, {"headquarters": "Paris, France"}, title="CFO") == "No"


def test_more_text_than_is_looked_at_is_said_to_be_cut():
    known = read_known({}, "They run paid ads. " * (MOST_CLAUSES + 1), job_title=None, names=[])
    assert known.cut
    assert len(known.clauses) == MOST_CLAUSES


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=60),
    lambda one: st.lists(one, max_size=3) | st.dictionaries(st.text(max_size=12), one, max_size=3),
    max_leaves=12,
)


@given(st.text(max_size=120), _json)
def test_any_question_about_anything_has_an_answer_that_quotes_the_request(question: str, context: Any):
    verdict = answer_question(question, read_known({}, context, job_title=None, names=[]))
    assert bool(verdict.evidence) or verdict.answer is Answer.UNKNOWN
