"""Which phrases are sure enough to stand inside a question."""

import pytest
from material_example import entity, material

from setpiece.agents.forms import Form
from setpiece.agents.sequence.writer.model import FactRole


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Lock-in behind a format that cannot be exported", Form.NOUN),
        ("Chasing reps for updates", Form.GERUND),
        ("No way to test messaging", Form.LACK),
        ("Reps lose hours on research", Form.CLAUSE),
        ("Meetings that are booked and then do not happen", Form.NOUN),
        ("Every manager forecasts in a different way", Form.CLAUSE),
        ("One place to correct a claim, and every later email follows", Form.ANY),
        ("Same input, same output", Form.ANY),
        ("Increasing cost for every lead", Form.ANY),
        ("Rising cost for every lead", Form.NOUN),
        ("Targets set on leads", Form.NOUN),
        ("Marketing and sales count pipeline differently", Form.CLAUSE),
        ("Spend that is seen after it happened", Form.NOUN),
        ("Answers to the board that take a week", Form.NOUN),
    ],
)
def test_what_is_sure_stands_inside_a_sentence_and_the_rest_after_a_colon(text: str, form: Form):
    found = material(persona=entity("persona", "P", painPoints=[text])).speech
    (phrase,) = found.of(FactRole.PAIN)
    assert found.embed(phrase).form is form


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Reduce ramp time by 30%", Form.DEED),
        ("Defend the budget with pipeline", Form.DEED),
        ("Pass reviews without stopping the team", Form.ANY),
        ("A forecast the board believes", Form.NOUN),
    ],
)
def test_goals_are_deeds_only_when_they_can_be_nothing_else(text: str, form: Form):
    found = material(persona=entity("persona", "P", keyObjectives=[text])).speech
    (phrase,) = found.of(FactRole.OBJECTIVE)
    assert found.embed(phrase).form in (form, Form.ANY)
    assert "a defend" not in found.embed(phrase).text


def test_a_list_shows_a_fact_in_the_library_s_words_when_its_grammar_is_a_guess():
    found = material(
        persona=entity("persona", "P", painPoints=["Answers to the board that take a week"])
    ).speech
    assert found.state(found.of(FactRole.PAIN)[0]) == "Answers to the board that take a week"


def test_their_things_become_yours():
    found = material(context="Their last release slipped by three weeks.").speech
    assert found.state(found.of(FactRole.CONTEXT)[0]) == "Your last release slipped by three weeks"
