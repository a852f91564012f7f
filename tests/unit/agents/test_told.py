"""What a request tells, whatever JSON it is."""

from typing import Any

import pytest

from setpiece.agents.told import MOST_LINES, labelled, plain_name, told_facts, told_values


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("companySize", "company size"),
        ("company_size", "company size"),
        ("Company  size", "company size"),
        ("pain1", "pain 1"),
        ("JSONBody", "json body"),
        ("größeDerFirma", "größe der firma"),
        ("---", ""),
    ],
)
def test_a_name_is_read_in_any_spelling(name: str, plain: str):
    assert plain_name(name) == plain


@pytest.mark.parametrize(
    ("context", "lines"),
    [
        (None, []),
        ("One.\n\n  Two.  ", ["One.", "Two."]),
        ({"all": "One.", "2": "Two."}, ["One.", "Two."]),
        ([{"a": {"b": ["One."]}}, 7, 1.5, True, None], ["One.", "7", "1.5"]),
        ({"a": {"b": {"c": {"d": {"e": {"f": {"g": {"h": "too deep"}}}}}}}}, []),
    ],
    ids=["nothing", "text", "by step", "nested", "too deep"],
)
def test_every_line_and_every_value_is_a_fact(context: Any, lines: list[str]):
    assert [fact.text for fact in told_facts(context)] == lines


def test_a_fact_says_where_it_stood():
    (fact,) = told_facts({"company": {"headCount": 120}})
    assert fact.source.field == "runtimeContext.company.headCount"
    assert labelled(fact) == "Head count: 120"
    assert labelled(told_facts("plain")[0]) == "plain"


def test_values_are_found_under_their_names_also_in_a_text():
    found = told_values(
        told_facts({"companySize": "50", "notes": "Industry: Brewing\nThis is how they put it to us: no."})
    )
    assert {name: fact.text for name, fact in found.items()}["company size"] == "50"
    assert told_values(told_facts("Industry: Brewing"))["industry"].text == "Brewing"
    assert set(told_values(told_facts("This is how they put it: no."))) == set()


def test_a_long_text_is_bounded():
    assert len(told_facts("x\n" * 10_000)) == MOST_LINES
