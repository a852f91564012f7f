"""Which facts belong in one email."""

import os
import subprocess
import sys

from setpiece.agents.sequence.writer.kinship import LINKED, RELATED, Kinship, says_the_same

TEXTS = (
    "Paying for credits without knowing what a campaign will cost",
    "Emails are not paid in credits, because the server is your own",
    "Every claim in an email names the library field it came from",
    "Each claim of an email names the field it came from",
    "New sellers take months to learn who cares about what",
    "You are hiring three SDRs",
    "Workspaces are kept apart by the database",
)


def test_an_answer_is_nearer_to_its_problem_than_to_any_other():
    kinship = Kinship(TEXTS)
    assert kinship.near(TEXTS[0]).get(TEXTS[1], 0.0) >= LINKED
    assert kinship.near(TEXTS[0]).get(TEXTS[6], 0.0) == 0.0


def test_the_same_thing_in_other_words_is_recognised():
    assert says_the_same(TEXTS[2], TEXTS[3])
    assert not says_the_same(TEXTS[0], TEXTS[1])


def test_words_of_one_business_field_count_as_the_same_word():
    assert Kinship(TEXTS).near(TEXTS[4])[TEXTS[5]] >= RELATED


def test_one_word_in_common_counts_for_less_than_half_because_it_may_be_an_accident():
    texts = (
        "Scores for every lead",
        "Scores for a new rep",
        "Scores nobody explains to a rep",
        "Invoices are paid late",
    )
    kinship = Kinship(texts)
    assert 2 * kinship.near(texts[0]).get(texts[1], 0.0) < kinship.near(texts[1]).get(texts[2], 0.0)


def test_a_text_that_was_not_given_is_near_to_nothing():
    assert Kinship(TEXTS).near("Invoices") == {}


_SHOW = """
from setpiece.agents.sequence.writer.kinship import Kinship
texts = [" ".join(f"word{at}" for at in range(30) if step % (at % 6 + 2) == at % 2) for step in range(1, 40)]
print([sorted(Kinship(texts).near(text).items()) for text in texts])
"""


def test_nearness_is_the_same_in_every_process():
    shown = {
        subprocess.run(
            [sys.executable, "-c", _SHOW],
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(shown) == 1
