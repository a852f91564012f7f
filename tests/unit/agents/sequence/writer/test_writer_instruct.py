"""The instructions the embedded writer follows, and what it says about those it cannot."""

import pytest

from setpiece.agents.sequence.writer.instruct import Directives, read_instructions
from setpiece.agents.sequence.writer.model import Length, Tone


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("under 60 words", Directives(max_words=60)),
        ("Keep each email under 60 words.", Directives(max_words=60)),
        ("Keep it short", Directives(length=Length.SHORT)),
        ("longer", Directives(length=Length.LONG)),
        ("Use a formal tone", Directives(tone=Tone.FORMAL)),
        ("be friendly", Directives(tone=Tone.FRIENDLY)),
        ("no ps", Directives(ps=False)),
        ("Add a P.S.", Directives(ps=True)),
        ("Mention HubSpot", Directives(prefer=("HubSpot",))),
        ("focus on speed and audit", Directives(prefer=("speed", "audit"))),
        ("Don't mention pricing", Directives(avoid=("pricing",))),
        ("avoid the word cheap", Directives(avoid=("cheap",))),
        ("Sign off with Cheers", Directives(sign_off="Cheers")),
        ("sign as Kim", Directives(signed_as="Kim")),
        ("Subject: One library", Directives(subject="One library")),
        ("CTA: Reply with yes?", Directives(cta="Reply with yes?")),
        ("no questions", Directives(questions=False)),
        ("no greeting", Directives(greeting=False)),
        ("keep it short, no ps", Directives(length=Length.SHORT, ps=False)),
        ("Mention HubSpot. No PS.\nunder 50 words", Directives(prefer=("HubSpot",), ps=False, max_words=50)),
    ],
)
def test_known_instructions_are_followed(text, expected):
    instructed = read_instructions({"all": text}, 3)
    assert instructed.at(1) == expected
    assert instructed.notes == ()


def test_what_is_not_understood_is_quoted_in_a_note_of_bounded_length():
    note = read_instructions({"all": "write it as a haiku " + "x" * 500}, 3).notes
    assert len(note) == 1
    assert "write it as a haiku" in note[0]
    assert len(note[0]) < 220


def test_a_step_adds_to_what_holds_for_all():
    instructed = read_instructions({"all": "formal", "2": "no questions"}, 3)
    assert instructed.at(1) == Directives(tone=Tone.FORMAL)
    assert instructed.at(2) == Directives(tone=Tone.FORMAL, questions=False)


def test_a_step_that_does_not_exist_is_said():
    assert "“9”" in read_instructions({"9": "formal"}, 3).notes[0]
