"""What a call is prepared with: questions from the library's facts, in the order of a methodology."""

import pytest
from hypothesis import given as given_cases
from hypothesis import settings
from hypothesis import strategies as st
from material_example import (
    CONTROLLER,
    HOSTILE,
    OBJECTION,
    PRODUCT,
    REAL,
    entity,
    given,
    material,
    ungrounded,
)

from setpiece.agents.call_prep.briefs import company_brief, objections, person_brief
from setpiece.agents.call_prep.methodologies import METHODOLOGIES
from setpiece.agents.call_prep.questions import WITHOUT_FACTS, WORDINGS, to_the_face
from setpiece.agents.call_prep.script import plan_stages, qualifying, script
from setpiece.agents.document import render
from setpiece.agents.schemas import AgentFields

EVERY = pytest.mark.parametrize("methodology", METHODOLOGIES.values(), ids=METHODOLOGIES)

OWN = """
at where you work our offer you can
Opening Hi, this is of. Thanks for taking the time. I would like to understand how you go about today, how you work today,
tell you briefly what does about it, and then decide together whether it is worth a next step. Is that a good use of
our time, or is something else more pressing? Ask: Say: Before you close: is it a fit? If they name it, say Close Leave
them with one thing they can check: If that is what they said, ask: You said you want to are after. Shall we look at how would
do that with your own example? with an example of your own Agree on the next step, who takes part, and the date,
before you hang up.
The person The company Neither name, title nor company is known. The library knows the role as Answers for What hurts in
this role What they want What makes them hesitate Why we matter to them Why they matter to us is not known Behind it Often
assumed Ask Answer What they may worry about Proof to have at hand
"""
OWN_WORDS = (
    *(wording for forms in WORDINGS.values() for several in forms.values() for wording in several),
    *WITHOUT_FACTS.values(),
    *(text for one in METHODOLOGIES.values() for stage in one.stages for text in (stage.name, stage.aim)),
    OWN,
)


def whole(found, methodology):
    plans, asked = plan_stages(found, methodology), qualifying(found)
    sections = [*script(found, plans, asked), *person_brief(found), *company_brief(found), *objections(found)]
    return render("", sections, "TEXT"), [one for plan in plans for one in plan.questions]


def test_there_is_a_methodology_for_each_that_an_agent_can_be_set_to():
    annotation = AgentFields.model_json_schema()["properties"]["callPrepMethodology"]
    assert set(METHODOLOGIES) == set(annotation["anyOf"][0]["enum"])


@EVERY
def test_every_methodology_asks_about_the_library_s_own_facts(methodology):
    text, questions = whole(material(), methodology)
    assert len(questions) >= 5
    assert sum(1 for one in questions if one.fact is None) <= 1
    for stage in methodology.stages:
        assert f"\n{stage.name}\n{stage.aim}" in text


@EVERY
def test_no_question_is_asked_twice(methodology):
    _, questions = whole(material(context="They are hiring three accountants."), methodology)
    assert len({one.text for one in questions}) == len(questions)


def test_a_question_is_anchored_in_the_fact_it_cites():
    _, questions = whole(material(), METHODOLOGIES["SPIN"])
    by_fact = {one.fact.text: one.text for one in questions if one.fact}
    assert by_fact["Closing the books every month"] == (
        "What does closing the books every month look like at Example Corp today?"
    )


def test_what_was_told_is_asked_about_first():
    _, questions = whole(material(context="They are hiring three accountants."), METHODOLOGIES["SPIN"])
    assert (
        questions[0].text
        == "I understand that you are hiring three accountants. What does that change for you?"
    )


@EVERY
def test_two_personas_are_asked_different_things(methodology):
    other = entity(
        "persona",
        "Treasurer",
        painPoints=["Cash is a day old when it is read"],
        keyObjectives=["Know the cash position"],
    )
    ours = {one.text for one in whole(material(), methodology)[1]}
    theirs = {one.text for one in whole(material(persona=other), methodology)[1]}
    assert ours - theirs
    assert theirs - ours


@EVERY
def test_an_empty_library_still_gives_a_call(methodology):
    text, questions = whole(material(entity("product", "Example Ledger"), None, ()), methodology)
    assert {one.fact for one in questions} <= {None}
    assert "Example Ledger" in text
    assert "{" not in text


def test_the_objections_nearest_to_the_persona_s_concerns_come_first():
    far = entity("objection", "No time", underlyingConcern=["Calendars are full"])
    found = objections(material(beside=(far, OBJECTION)))
    assert [one.heading for one in found] == ["Auditors will not accept it", "No time"]
    assert found[0].lines[-1].text == "Answer: Every figure keeps its receipt"


def test_archived_qualifying_questions_are_not_asked():
    persona = entity(
        "persona", "P", None, [{"question": "Is it?", "archivedAt": "2026-01-01"}, {"question": "Do they?"}]
    )
    assert [one.text for one in qualifying(material(persona=persona))] == ["Do they?"]


def test_a_question_whose_yes_speaks_against_it_says_so_to_the_seller():
    persona = entity("persona", "P", None, [{"question": "Do they outsource it?", "fitType": "BAD"}])
    product = entity("product", "X")
    text, _ = whole(material(product, persona), METHODOLOGIES["SPIN"])
    assert "? (A yes speaks against it.)" in text


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("Does the company sell abroad?", "Do you sell abroad?"),
        ("Is the person in charge of their budget?", "Are you in charge of your budget?"),
        ("Has this account bought before?", "Have you bought before?"),
        ("Is the list of prospects bought?", "Is the list of prospects bought?"),
    ],
)
def test_a_qualifying_question_is_put_to_the_person(question: str, asked: str):
    assert to_the_face(question) == asked


texts = st.lists(
    st.one_of(
        st.sampled_from(REAL),
        st.sampled_from(HOSTILE),
        st.text(max_size=50).filter(lambda text: "\x00" not in text),
    ),
    max_size=4,
)
cases = dict.fromkeys(
    (
        "painPoints",
        "keyConcerns",
        "keyObjectives",
        "primaryResponsibilities",
        "capabilities",
        "statusQuo",
        "objection",
    ),
    texts,
)


@settings(max_examples=100, deadline=None)
@given_cases(
    st.fixed_dictionaries(cases),
    st.sampled_from(sorted(METHODOLOGIES)),
    st.sampled_from(
        [None, "They are hiring 12 people.", {"note": "<b>x</b> {{firstName}}"}, "a\nb\nWe use HubSpot"]
    ),
)
def test_whatever_is_in_the_library_nothing_is_said_that_was_not_given(data, methodology, context):
    persona = entity(
        "persona", CONTROLLER.name, **{name: data[name] for name in CONTROLLER.data if name in data}
    )
    product = entity("product", PRODUCT.name, capabilities=data["capabilities"], statusQuo=data["statusQuo"])
    objection = entity(
        "objection", "Doubt", underlyingConcern=data["objection"], reframeAndResponse=data["objection"]
    )
    found = material(product, persona, (objection,), context)
    text, questions = whole(found, METHODOLOGIES[methodology])
    assert ungrounded(text, given(found), OWN_WORDS) == set()
    asked = " ".join(one.text for one in questions)
    assert not set("{}[]") & set(asked)
    for one in questions:
        assert one.text[:1].isupper() or not one.text[:1].isalpha()
        assert one.text.endswith(("?", "."))
