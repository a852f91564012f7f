"""How the sentences of an email follow one another, and how emails of a campaign differ."""

import re
from dataclasses import replace
from itertools import pairwise

import pytest
from writer_example import R, facts
from writer_libraries import LIBRARIES

from setpiece.agents.sequence.writer import Brief, Recipient, Sender, Style, render, write


@pytest.mark.parametrize("seed", [str(number) for number in range(6)])
def test_it_is_said_only_right_after_the_offering_was_named(seed):
    for brief in LIBRARIES[:17]:
        for email in write(replace(brief, seed=seed)).emails:
            sentences = re.split(r"(?<=[.!?])\s+", render(email).sections["body"])
            for before, sentence in pairwise(["", *sentences]):
                if sentence.startswith("It "):
                    assert brief.offering_name in before, (before, sentence)


def test_a_campaign_does_not_open_every_email_alike():
    openings = [
        email.sections.opening[0]
        for brief in LIBRARIES[:17]
        for seed in range(6)
        for email in write(replace(brief, seed=str(seed))).emails
        if email.sections.opening
    ]
    you_may = [line for line in openings if line.startswith("You may ")]
    assert len(openings) > 250
    assert len(you_may) < len(openings) / 5


def test_what_has_nothing_to_do_with_an_email_stands_apart_and_says_so():
    brief = Brief(
        recipient=Recipient("Ana"),
        sender=Sender(),
        offering_name="Setpiece",
        facts={
            R.PAIN: facts("p", "persona", "x", "painPoints", "Drivers wait at the gate for hours"),
            R.CAPABILITY: facts(
                "o", "product", "x", "capabilities",
                "Gives each driver a time at the gate", "Tells the gate which driver comes next",
            ),
            R.BENEFIT: facts("b", "product", "x", "customerBenefits", "Invoices match the price that was agreed"),
        },
        style=Style(num_emails=1),
    )  # fmt: skip
    body = write(brief).emails[0].sections.body
    assert re.match(r"(?:Also|One more point|Besides)", body[-1])
    assert body[-1].endswith("nvoices match the price that was agreed.")
