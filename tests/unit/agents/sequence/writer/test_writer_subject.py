"""Subjects: whole phrases a person would type, never a fact cut in the middle."""

from dataclasses import replace

import pytest
from writer_example import R, example_brief, facts

from setpiece.agents.sequence.writer import FactRole, Recipient, write
from setpiece.agents.sequence.writer.clean import count_words
from setpiece.agents.sequence.writer.phrase import to_phrase
from setpiece.agents.sequence.writer.topics import nouns_of, topics_of
from setpiece.agents.sequence.writer.voice import Voice

VOICE = Voice(frozenset({"setpiece"}), ())


def phrase_of(role: FactRole, text: str):
    phrase = to_phrase(role, facts("x", "persona", "n", "f", text)[0], VOICE)
    assert phrase is not None
    return phrase


def best_topic(role: FactRole, text: str) -> str | None:
    found = sorted(topics_of(phrase_of(role, text)), key=lambda topic: topic.rank)
    return found[0].text if found else None


@pytest.mark.parametrize(
    ("role", "text", "topic"),
    [
        (R.PAIN, "Paying for credits without knowing what a campaign will cost", "paying for credits"),
        (R.PAIN, "Writing to ten roles with the same three sentences", "writing to ten roles"),
        (R.PAIN, "Match scores nobody can explain to a new rep", "match scores nobody can explain"),
        (R.PAIN, "Coaching hours go into rewriting first lines", "rewriting first lines"),
        (R.PAIN, "Sequences are chosen by habit rather than by who the person is", "sequences chosen by habit"),
        (R.PAIN, "Messaging is spread over four tools, and each holds a different persona", "messaging spread over four tools"),
        (R.PAIN, "The best angle in the team lives in one person's sent folder", "one person's sent folder"),
        (R.CHALLENGE, "Emails that promise what the product does not do", "what the product does not do"),
        (R.CHALLENGE, "Customer facts that have to leave the company", "customer facts"),
        (R.OBJECTIVE, "Make a run repeatable, so that a fault can be found", "making a run repeatable"),
        (R.OBJECTIVE, "Give each rep a draft worth sending", "a draft worth sending"),
        (R.OBJECTIVE, "Learn which problem makes people answer", "which problem makes people answer"),
        (R.BENEFIT, "One place to correct a claim, and every later email follows", "one place to correct a claim"),
        (R.OBJECTIVE, "Give sales a tool that passes review the first time", None),
        (R.OBJECTIVE, "Keep prospect data on systems the company controls", "keeping prospect data"),
        (R.OBJECTIVE, "One record of what was said to whom, and why", None),
        (R.PAIN, "Sales tools send customer facts to services nobody has reviewed", None),
        (R.WHY_WE_MATTER, "Setpiece exports everything it holds", None),
    ],
)  # fmt: skip
def test_a_topic_is_a_whole_phrase_or_none(role, text, topic):
    assert best_topic(role, text) == topic


@pytest.mark.parametrize(
    ("text", "nouns"),
    [
        ("Sales tools send customer facts to services nobody has reviewed", ["customer facts"]),
        ("Prospect data stays on servers the company runs", ["prospect data"]),
        ("Built for teams that review copy", ["copy"]),
        ("Each client's facts and tone apart", []),
        ("Every claim in an email names the field", []),
    ],
)
def test_a_noun_for_a_subject_is_never_half_a_clause(text, nouns):
    assert list(nouns_of(phrase_of(R.BENEFIT, text))) == nouns


@pytest.mark.parametrize("seed", [str(number) for number in range(8)])
def test_subjects_are_short_distinct_and_do_not_start_with_the_product(seed):
    subjects = [email.subject for email in write(example_brief(seed=seed, num_emails=5)).emails]
    assert len({subject.casefold() for subject in subjects}) == len(subjects)
    assert all(2 <= count_words(subject) <= 6 for subject in subjects)
    assert not any(subject.startswith("Setpiece") for subject in subjects)


def test_without_a_topic_the_subject_names_the_company_or_says_what_it_is_about():
    only = {R.CAPABILITY: facts("px", "product", "Setpiece", "capabilities", "Self-hosted")}
    brief = replace(example_brief(), facts=only)
    assert write(brief).emails[0].subject == "A question for Northwind Example"
    assert write(replace(brief, recipient=Recipient("Ana"))).emails[0].subject == "About Setpiece"


def test_a_template_keeps_its_placeholders_out_of_the_subject():
    only = {R.CAPABILITY: facts("px", "product", "Setpiece", "capabilities", "Self-hosted")}
    template = replace(example_brief(recipient=Recipient(None, None, None, "{{companyName}}")), facts=only)
    assert write(template).emails[0].subject == "About Setpiece"
