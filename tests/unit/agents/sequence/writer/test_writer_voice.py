"""A fact is put into words once for all readers, and for one alone only where that reader's names are in it."""

from dataclasses import replace

import pytest
from writer_example import R, example_brief, facts

from setpiece.agents.sequence.writer import Recipient
from setpiece.agents.sequence.writer.phrase import to_phrase
from setpiece.agents.sequence.writer.voice import Voice


def voice_of(first_name, company, title, persona=None):
    brief = replace(example_brief(), persona_name=persona)
    return Voice.of(replace(brief, recipient=Recipient(first_name, "Example", title, company)))


ANA = voice_of("Ana", "Northwind Example", "Head of Sales")
TEXTS = (
    "Ana is hiring five people",
    "ANA IS HIRING FIVE PEOPLE",
    "Northwind Example's reps lose hours",
    "Northwind Example Uses Rival Tools",
    "The head of sales reviews every email",
    "Head of sales wants her numbers on Monday",
    "We cannot trace our copy",
    "Our company grows fast",
    "They lose track of their copy",
    "Setpiece writes each email",
    "Reviewers check every claim",
    "İnan is hiring",
    "ınan is hiring",
)
VOICES = {
    "plain": ANA,
    "you": voice_of("You", "Your company", "We"),
    "our": voice_of("They", "Our company", "Reviewers"),
    "dotless": voice_of("Inan", "Southwind", "CFO"),
    "shouted": voice_of("ANA", "NORTHWIND EXAMPLE", "REVIEWERS", "The reviewers"),
    "nobody": Voice(frozenset(), ()),
}


@pytest.mark.parametrize("voice", VOICES.values(), ids=VOICES)
@pytest.mark.parametrize("text", TEXTS)
def test_what_is_left_out_of_a_voice_changes_no_phrase(monkeypatch, text, voice):
    (fact,) = facts("pe_1", "persona", "Example", "painPoints", text)
    narrowed = {role: to_phrase(role, fact, voice) for role in R}
    monkeypatch.setattr(Voice, "within", lambda self, _: self)
    assert narrowed == {role: to_phrase(role, fact, voice) for role in R}


def test_a_fact_without_names_is_the_same_for_two_readers():
    other = voice_of("Bo", "Southwind Example", "CFO")
    assert ANA.within("Reviewers check every claim") == other.within("Reviewers check every claim")
    assert ANA.within("Ana is hiring") != other.within("Ana is hiring")
