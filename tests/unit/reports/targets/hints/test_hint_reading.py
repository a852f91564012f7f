import pytest
from hypothesis import given
from hypothesis import strategies as st

from setpiece.reports.targets.hints.lexicon.roles import Role
from setpiece.reports.targets.hints.reading import read_hint
from setpiece.reports.targets.hints.wishes import CalledWish, DepartmentWish, RoleWish, TopicWish


def read(hint):
    return read_hint(hint).wishes


@pytest.mark.parametrize(
    ("hint", "role"),
    [
        ("the one asking the questions", Role.ASKS),
        ("el que hace las preguntas", Role.ASKS),
        ("quem faz as perguntas", Role.ASKS),
        ("the one being sold to", Role.BUYS),
        ("the person being interviewed", Role.APPLIES),
        ("la entrevistadora", Role.INTERVIEWS),
        ("o entrevistado", Role.APPLIES),
        ("the customer success manager", Role.SELLS),
        ("our account executive", Role.SELLS),
        ("quem compra", Role.BUYS),
        ("who talks most", Role.TALKS_MOST),
        ("quien menos habla", Role.TALKS_LEAST),
        ("the first one to speak", Role.SPEAKS_FIRST),
        ("the decision maker", Role.DECIDES),
        ("the one giving the demo", Role.PRESENTS),
    ],
)
def test_a_role_is_read_in_three_languages(hint, role):
    assert read(hint) == (RoleWish(role),)


@pytest.mark.parametrize(
    "hint",
    [
        "not the seller",
        "the one who doesn't sell",
        "anyone but the seller",
        "la que no vende",
        "quem não vende",
    ],
)
def test_a_denial_is_read(hint):
    assert read(hint) == (RoleWish(Role.SELLS, is_denied=True),)


def test_in_portuguese_no_is_no_denial():
    (wish,) = read("quem trabalha no financeiro")
    assert isinstance(wish, DepartmentWish)
    assert not wish.is_denied


def test_a_denial_ends_with_its_clause():
    assert read("not the seller but the buyer") == (
        RoleWish(Role.SELLS, is_denied=True),
        RoleWish(Role.BUYS),
    )
    assert read("the customer, not the rep") == (RoleWish(Role.BUYS), RoleWish(Role.SELLS, is_denied=True))


def test_the_department_in_capitals_is_told_from_the_pronoun():
    assert [type(one) for one in read("the person from IT")] == [DepartmentWish]
    assert not any(isinstance(one, DepartmentWish) for one in read("who mentioned it"))


def test_what_was_said_and_what_was_asked_are_told_apart():
    assert read("the one who mentioned the pilot") == (TopicWish("the pilot"),)
    assert read("who asked about the price") == (TopicWish("the price", in_questions=True),)
    assert read("who brought up security") == (TopicWish("security", is_first=True),)


def test_names_companies_and_the_one_somebody_talks_to():
    assert read("María") == (CalledWish(("maria",)),)
    assert read("the person from Northwind") == (CalledWish(("northwind",), is_origin=True),)
    assert read("the person talking to Joe") == (CalledWish(("joe",), is_denied=True),)


@pytest.mark.parametrize("hint", ["the angry one", "the loud one", "el nervioso", "a voz grave", "the woman"])
def test_sound_feelings_and_sex_are_no_wish(hint):
    reading = read_hint(hint)
    assert reading.wishes == ()
    assert reading.unjudged


@pytest.mark.parametrize(
    "hint", ["speaker 1", "Speaker two", "hablante 2", "falante 1", "the second speaker"]
)
def test_a_number_is_no_wish(hint):
    reading = read_hint(hint)
    assert reading.wishes == ()
    assert reading.numbered


@given(st.text(max_size=200))
def test_any_text_can_be_read(hint):
    read_hint(hint)
