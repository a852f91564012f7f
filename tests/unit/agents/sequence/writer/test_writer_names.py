"""Names keep their casing, and a greeting names a person or nobody."""

from dataclasses import replace

import pytest
from writer_example import R, example_brief, facts, text_of_all

from setpiece.agents.sequence.writer import Recipient, write


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ("They use Rival Inc.", "You use Rival Inc."),
        ("Uses Rival Inc.", "You use Rival Inc."),
        ("They moved from OldDesk to Rival Inc.", "You moved from OldDesk to Rival Inc."),
    ],
)
def test_a_name_keeps_its_own_casing(told, said):
    assert write(example_brief(context=(told,), num_emails=1)).emails[0].sections.opening[0].startswith(said)


def test_what_an_offering_does_is_no_thing_that_you_get():
    deeds = facts(
        "px", "product", "Pipe", "capabilities", "Models events without code", "Reports errors by team"
    )
    brief = example_brief(num_emails=2)
    said = text_of_all(
        write(replace(brief, offering_name="Pipe", facts={R.PAIN: brief.facts[R.PAIN], R.CAPABILITY: deeds}))
    )
    assert "Pipe models events without code" in said
    assert "get models" not in said


@pytest.mark.parametrize(
    ("first", "line"),
    [("Ana", "Hi Ana,"), ("J.R.", "Hi J.R.,"), ("example.com", "Hi,"), ("Example.Com", "Hi,"), ("info@example.com", "Hi,"),
     ("northwind example", "Hi,"), ("Example Ltd", "Hi,")],
)  # fmt: skip
def test_a_greeting_names_a_person_or_nobody(first, line):
    recipient = Recipient(first, None, None, "Northwind Example", "northwind.example")
    assert write(example_brief(recipient=recipient, num_emails=1)).emails[0].sections.greeting == (line,)
