"""Which facts belong in one email."""

import pytest
from writer_example import R, facts

from setpiece.agents.sequence.writer.kinship import LINKED, RELATED, Kinship, says_the_same
from setpiece.agents.sequence.writer.phrase import Voice, to_phrase

TEXTS = (
    "Paying for credits without knowing what a campaign will cost",
    "Emails are not paid in credits, because the server is your own",
    "Every claim in an email names the library field it came from",
    "Each claim of an email names the field it came from",
    "New sellers take months to learn who cares about what",
    "You are hiring three SDRs",
    "Workspaces are kept apart by the database",
)


@pytest.fixture(scope="module")
def phrases():
    made = [
        to_phrase(R.ATTACHED, facts("x", "k", "n", "f", text)[0], Voice(frozenset(), "Setpiece", ()))
        for text in TEXTS
    ]
    return [phrase for phrase in made if phrase is not None]


def test_an_answer_is_nearer_to_its_problem_than_to_any_other(phrases):
    kinship = Kinship(phrases)
    assert kinship.between(phrases[0], phrases[1]) >= LINKED
    assert kinship.between(phrases[0], phrases[6]) == 0.0


def test_the_same_thing_in_other_words_is_recognised(phrases):
    assert says_the_same(phrases[2], phrases[3])
    assert not says_the_same(phrases[0], phrases[1])


def test_words_of_one_business_field_count_as_the_same_word(phrases):
    assert Kinship(phrases).between(phrases[4], phrases[5]) >= RELATED
