"""From a text to fields: what the published rule takes, and what it leaves."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from setpiece.agents.extraction.claims import facts_on
from setpiece.agents.extraction.extract import MOST_VALUES, Text, extract, name_in, proof_type
from setpiece.agents.sequence.writer import FactRole
from setpiece.agents.sequence.writer.clean import clean_text
from setpiece.library.catalog import KINDS
from setpiece.library.competitor import COMPETITOR
from setpiece.library.kind import Kind
from setpiece.library.persona import PERSONA
from setpiece.library.product import PRODUCT
from setpiece.library.proof_point import PROOF_POINT
from setpiece.library.reference import REFERENCE
from setpiece.library.segment import SEGMENT
from setpiece.providers.web.page import WebPage


def values(kind: Kind, text: str, name: str = "Ledgerline") -> dict[str, Any]:
    found = extract(kind, [Text(0, text)], name).values
    return {field: value for field, value in found.items() if field not in ("description", "summary")}


@pytest.mark.parametrize(
    ("kind", "sentence", "field"),
    [
        (PERSONA, "They struggle with data in five spreadsheets.", "painPoints"),
        (PERSONA, "Reps lose hours on research each week.", "painPoints"),
        (PERSONA, "They worry that nobody will open another tool.", "keyConcerns"),
        (PERSONA, "She wants to close the books in three days.", "keyObjectives"),
        (PERSONA, "A controller is responsible for the monthly close.", "primaryResponsibilities"),
        (PRODUCT, "Teams waste a day on each report.", "challengesAddressed"),
        (PRODUCT, "It cuts the close by half.", "customerBenefits"),
        (PRODUCT, "Unlike a shared drive, it never loses a source.", "differentiatedValue"),
        (PRODUCT, "Exports the library to one file.", "capabilities"),
        (PRODUCT, "You can import leads from a file.", "capabilities"),
        (PRODUCT, "Ledgerline links every figure to its source.", "capabilities"),
        (COMPETITOR, "Buyers choose us because the review takes a day.", "reasonsWeWin"),
        (COMPETITOR, "It does not show how a score is made.", "comparativeWeaknesses"),
        (COMPETITOR, "They charge $49 per seat and month.", "businessModel"),
        (SEGMENT, "They have 50 to 500 employees.", "firmographicCharacteristics"),
        (REFERENCE, "The team closed the books 3 days earlier.", "keyStats"),
        (PROOF_POINT, "A sequence takes 12 ms on a laptop.", "howWeTalkAboutThis"),
    ],
)
def test_a_sentence_goes_where_its_words_say(kind: Kind, sentence: str, field: str):
    found = values(kind, sentence)[field]
    assert found == ([sentence] if isinstance(found, list) else sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "The office is near the station.",
        "What do they struggle with?",
        "Start your free trial",
        "We use cookies to improve your experience.",
        "Sign up for our newsletter to save time.",
        "Home Pricing Docs Blog",
        "Ledgerline saves time from $49 per month.",
        "It saves {{amount}} hours in each close.",
        "saves time " * 30,
    ],
)
def test_what_no_rule_is_sure_of_is_left_out(sentence: str):
    assert values(PRODUCT, sentence) == {}


@pytest.mark.parametrize(
    "heading",
    ["## Pain points", "Pain points:", "Pain points", "**Pain points**", "# Their biggest frustrations"],
)
def test_a_heading_decides_for_its_list(heading: str):
    found = values(PERSONA, f"{heading}\n- Slow closes\n- They want to go home earlier")
    assert found == {"painPoints": ["Slow closes", "They want to go home earlier"]}


def test_a_marked_heading_that_names_no_field_ends_the_one_before():
    assert values(PERSONA, "## Pains\n- Slow closes\n## Travel\n- By train") == {
        "painPoints": ["Slow closes"]
    }


def test_an_unmarked_heading_ends_with_its_list():
    text = "Pain points\nSlow closes\nThe office is near the station.\nBy train"
    assert values(PERSONA, text) == {"painPoints": ["Slow closes"]}


def test_a_label_holds_its_line():
    assert values(PERSONA, "Job titles: Controller, Head of Accounting; CFO")["commonJobTitles"] == [
        "Controller", "Head of Accounting", "CFO",
    ]  # fmt: skip


def test_firmographics_stand_under_their_labels():
    text = "Industry: Software, Clinics\nHeadcount: 50-500"
    assert values(SEGMENT, text) == {
        "firmographics": {"industry": ["Software", "Clinics"], "employees": ["50-500"]}
    }


def test_nothing_is_said_twice_and_a_field_is_bounded():
    text = "## Pains\n" + "\n".join(f"- Pain {n // 2}" for n in range(60))
    found = extract(PERSONA, [Text(0, text)], "X")
    assert found.values["painPoints"] == [f"Pain {n}" for n in range(MOST_VALUES)]
    assert found.unused > 0


def test_sentences_cleared_by_a_customer_are_never_made():
    assert "emailSnippets" not in values(REFERENCE, "## Email snippets\n- They close in three days.")


@pytest.mark.parametrize(
    ("wording", "kind"),
    [
        ("“We close in three days”, says their controller", "quote"),
        ("Winner of an award for audit tools", "award"),
        ("Named a leader in audit tools", "recognition"),
        ("Cuts the close by 3 days", "stat"),
        ("Used by auditors", "fact"),
    ],
)
def test_a_proof_is_told_by_its_shape(wording: str, kind: str):
    assert proof_type(wording) == kind


@pytest.mark.parametrize(
    ("text", "title", "name"),
    [
        ("# Controller\nText.", "", "Controller"),
        ("Name: Head of Audit\nText.", "", "Head of Audit"),
        ("Controller\nThey struggle.", "", "Controller"),
        ("Anything.", "Controllers | Example", "Controllers"),
        ("Anything.", "Controllers – the guide", "Controllers"),
        ("They struggle with figures.", "", None),
        ("Pain points\n- Slow", "", None),
        ("- Slow", "", None),
        ("", "", None),
    ],
)
def test_a_thing_is_called_what_its_source_calls_it(text: str, title: str, name: str | None):
    assert name_in(PERSONA, [Text(0, text, title)]) == name


def test_a_page_becomes_facts_by_role():
    text = (
        "Ledgerline links every figure to its source.\nThe team closed the books 3 days earlier.\nTeams lose a day on each report.\n"
        "$49 per month for 10 users\n10 users\nCuts the close by 3 days.\nThe team closed the books 3 days earlier."
    )
    found = facts_on(WebPage("u", "https://example.com/", "", text, 1), "Ledgerline")
    assert {role: [fact.text for fact in facts] for role, facts in found.items()} == {
        FactRole.CAPABILITY: ["Ledgerline links every figure to its source."],
        FactRole.PROOF: ["The team closed the books 3 days earlier."],
        FactRole.BENEFIT: ["Cuts the close by 3 days."],
        FactRole.CHALLENGE: ["Teams lose a day on each report."],
    }
    (proof,) = found[FactRole.PROOF]
    assert (proof.source.kind, proof.source.entity_name, proof.source.index) == (
        "page",
        "https://example.com/",
        1,
    )


_WORDS = st.sampled_from(
    [
        "#",
        "##",
        "-",
        "*",
        "1.",
        ":",
        ";",
        ",",
        ".",
        "?",
        "!",
        "\n",
        "\n\n",
        "they",
        "struggle",
        "want",
        "to",
        "save",
        "50",
        "%",
        "days",
        "Pain",
        "points",
        "Goals",
        "Benefits",
        "Industry",
        "Software",
        "cookies",
        "{{x}}",
        "<b>bold</b>",
        "[link](https://example.com)",
        "“quote”",
        "🙂",
        "\u202e",
        "é",
        "日本",
        "A.",
        "1,1,1",
        "Unlike",
        "it",
        "is",
    ]
)


@given(words=st.lists(_WORDS, max_size=80), kind=st.sampled_from(KINDS))
@settings(max_examples=300, deadline=None)
def test_every_value_is_a_piece_of_its_source_whatever_that_is(words: list[str], kind: Kind):
    text = " ".join(words)
    found = extract(kind, [Text(0, text)], "Example")
    lines = [clean_text(line) for line in text.splitlines()]
    for one in found.origins:
        assert any(one.sentence in line for line in lines)
        name, _, label = one.field.partition(".")
        value = found.values[name] if not label else found.values[name][label]
        shown = value if isinstance(value, str) else value[one.index] if one.index is not None else value
        for part in [shown] if isinstance(shown, str) else shown:
            assert part in text or any(part in line for line in lines)
