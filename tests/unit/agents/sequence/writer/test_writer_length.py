"""An email has its words when there are facts for them, says so when there are not, and says nothing twice."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from writer_example import R, example_brief, facts, text_of_all
from writer_libraries import LIBRARIES

from setpiece.agents.sequence.writer import Brief, Recipient, Sender, Style, Tone, render, write
from setpiece.agents.sequence.writer.clean import count_words

THINGS = (
    "invoice",
    "order",
    "parcel",
    "contract",
    "ticket",
    "shift",
    "badge",
    "meter",
    "recipe",
    "ledger",
    "permit",
    "voucher",
    "window",
    "carpet",
    "engine",
)
PAINS = (
    "Each late {0} costs the team a call to the {1}",
    "Nobody knows where a {0} is when the {1} asks",
    "A lost {0} stops the work of the {1}",
)
DEEDS = (
    "Shows the place of each {0} to the {1}",
    "Sends the {0} to the {1} on the day it arrives",
    "Keeps the name of the {1} beside each {0}",
)
GAINS = (
    "The {1} finds a {0} without a call",
    "Every {0} has one owner, and the {1} sees who it is",
    "A {0} that is late is known before the {1} asks",
)
PEOPLE = (
    "buyer",
    "driver",
    "planner",
    "clerk",
    "foreman",
    "nurse",
    "baker",
    "porter",
    "tailor",
    "pilot",
    "miner",
    "sailor",
    "tutor",
    "judge",
    "painter",
)


def letter_words(email):
    sections = render(email).sections
    return count_words(" ".join(sections[name] for name in ("greeting", "opening", "body", "closing", "cta")))


def made(draw, field, frames, count):
    pairs = draw(
        st.lists(
            st.tuples(st.sampled_from(THINGS), st.sampled_from(PEOPLE)),
            min_size=count,
            max_size=count,
            unique_by=(lambda pair: pair[0], lambda pair: pair[1]),
        )
    )
    return facts(
        "x", "product", "x", field, *(frames[at % len(frames)].format(*pair) for at, pair in enumerate(pairs))
    )


@st.composite
def rich(draw):
    """At least eight usable facts for each email: pains, what is done about them, what that brings."""
    emails = draw(st.integers(1, 5))
    return Brief(
        recipient=Recipient(
            draw(st.sampled_from(["Ana", None])), None, None, draw(st.sampled_from(["Example", None]))
        ),
        sender=Sender(),
        offering_name=draw(st.sampled_from(["Setpiece", "Payroll Care"])),
        offering_kind=draw(st.sampled_from(["product", "service"])),
        facts={
            R.PAIN: made(draw, "painPoints", PAINS, 3 * emails),
            R.CAPABILITY: made(draw, "capabilities", DEEDS, 3 * emails),
            R.BENEFIT: made(draw, "customerBenefits", GAINS, 3 * emails),
        },
        style=Style(num_emails=emails, tone=draw(st.sampled_from([Tone.PLAIN, Tone.FORMAL, Tone.FRIENDLY]))),
        seed=draw(st.text(max_size=3)),
    )


@settings(max_examples=150, deadline=None)
@given(rich())
def test_with_enough_facts_every_email_has_its_fifty_words(brief):
    draft = write(brief)
    assert len(draft.emails) == brief.style.num_emails
    assert [letter_words(email) for email in draft.emails if not 50 <= letter_words(email) <= 90] == []
    assert not any("shorter" in note for note in draft.notes)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(LIBRARIES), st.text(max_size=3), st.integers(1, 3))
def test_an_email_under_its_words_is_named_and_no_other(brief, seed, emails):
    style = Style(num_emails=emails)
    draft = write(replace(brief, style=style, steps={}, seed=seed))
    short = [at for at, email in enumerate(draft.emails, start=1) if letter_words(email) < 50]
    told = next((note for note in draft.notes if "shorter than 50 words" in note), "")
    if len(draft.emails) == emails:
        assert [at for at in range(1, emails + 1) if str(at) in told.split(" shorter")[0]] == short


def test_the_facts_are_shared_so_that_the_last_email_has_its_words_too():
    for brief in LIBRARIES[7:16]:
        words = [letter_words(email) for email in write(replace(brief, style=Style(num_emails=3))).emails]
        assert min(words) >= 50, (brief.offering_name, words)


def test_a_short_email_says_that_the_facts_have_ended():
    few = {
        R.PAIN: facts("p", "persona", "x", "painPoints", "Calls disturb everybody"),
        R.CAPABILITY: facts("x", "product", "x", "capabilities", "Keeps a call inside"),
    }
    draft = write(replace(example_brief(num_emails=1), facts=few))
    assert draft.notes == (
        "Email 1 is shorter than 50 words: no fact is left that fits and has not been used.",
    )


def test_two_facts_that_say_nearly_the_same_do_not_meet_in_one_email():
    source = facts(
        "px", "product", "x", "capabilities",
        "Every claim in an email names the library field it came from",
        "Each run lists the claims it made and where they stand in the library",
        "A contract takes a week less to sign",
        "Reads the price list of each supplier",
        "The night shift sees its own orders first",
        "A parcel has one label for the whole road",
    )  # fmt: skip
    pain = facts(
        "pe", "persona", "x", "painPoints", "Nobody can say which field a claim in an email came from"
    )
    said = text_of_all(
        write(replace(example_brief(num_emails=1), facts={R.PAIN: pain, R.CAPABILITY: source}))
    )
    assert ("names the library field" in said) + ("lists the claims" in said) == 1


BRIDGES = (
    "Here is one way to",
    "easier said than done",
    "You may want to",
    "Once you have",
    " in place, ",
    "changes that: ",
    "You may be dealing with",
    "Nobody wants ",
    "Besides, ",
    "One more point: ",
    "Say you want to",
)


@pytest.mark.parametrize("seed", [str(number) for number in range(8)])
def test_no_bridge_comes_twice_in_a_sequence(seed):
    for brief in LIBRARIES[:17]:
        said = text_of_all(write(replace(brief, seed=seed)))
        assert [bridge for bridge in BRIDGES if said.count(bridge) > 1] == []


def test_the_openings_of_a_campaign_differ_from_one_lead_to_the_next():
    bodies = {
        write(replace(LIBRARIES[10], seed=str(number))).emails[1].sections.body[0] for number in range(12)
    }
    assert len(bodies) >= 3
