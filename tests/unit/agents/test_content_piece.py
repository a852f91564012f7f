"""The content agent's prose: sections with stable ids, each statement from a fact."""

import html
import re

import pytest
from hypothesis import given as given_cases
from hypothesis import settings
from hypothesis import strategies as st
from material_example import CONTROLLER, HOSTILE, PRODUCT, REAL, entity, given, material, ungrounded

from setpiece.agents.document import cited, render
from setpiece.agents.generate_content.page import quotations, quoted
from setpiece.agents.generate_content.piece import compose
from setpiece.agents.sequence.writer.clean import count_words
from setpiece.agents.sequence.writer.instruct import Directives, read_instructions
from setpiece.agents.sequence.writer.model import FactRole
from setpiece.providers.web.page import WebPage

OWN = """
Setpiece for our offer Situation Problems that often come with the job: The problem behind it: What it costs As long as nothing
changes: What changes With: It you can Proof What you can check: Next step If you want to are after, the next step is a short look at
with an example of your own. says:
"""


def page(text: str) -> WebPage:
    return WebPage("https://www.example.com/a", "https://www.example.com/a", "", text, len(text))


def test_the_sections_have_stable_ids_and_an_order():
    piece = compose(material(), [], Directives())
    assert [section.id for section in piece.sections] == ["situation", "cost", "change", "next-step"]
    assert piece.title == "Example Ledger for Example Corp"


def test_what_changes_answers_the_problems():
    persona = entity("persona", "P", painPoints=["Receipts get lost", "Bank statements pile up"])
    product = entity(
        "product",
        "X",
        capabilities=["Creates journal entries", "Reconciles bank statements", "Keeps every receipt"],
    )
    change = compose(material(product, persona), [], Directives()).sections[1]
    assert [line.text for line in change.lines] == ["With X:", "It keeps every receipt", "It reconciles bank statements", "It creates journal entries"]  # fmt: skip


def test_a_buying_trigger_is_used_only_when_what_was_told_speaks_of_it():
    trigger = entity(
        "buying-trigger", "A new auditor is appointed", costOfInaction=["A second audit of the same books"]
    )
    assert not material(beside=(trigger,)).facts[FactRole.TRIGGER]
    told = material(beside=(trigger,), context="They appointed a new auditor in May.")
    assert [fact.text for fact in told.facts[FactRole.TRIGGER]] == ["A second audit of the same books"]


def test_a_bare_value_that_was_told_is_no_sentence():
    piece = compose(material(context={"industry": "Software", "note": "They are hiring."}), [], Directives())
    assert piece.sections[0].lines[0].text == "You are hiring."
    assert "Software" not in render("", piece.sections, "TEXT")


@pytest.mark.parametrize("bound", [30, 60, 90])
def test_a_bound_on_words_is_held_and_keeps_the_next_step(bound: int):
    piece = compose(material(), [], Directives(max_words=bound))
    assert sum(count_words(line.text) for section in piece.sections for line in section.lines) <= bound
    assert piece.sections[-1].id == "next-step"


def test_instructions_prefer_and_avoid_facts():
    read = read_instructions({"all": "focus on receipts; avoid auditors"}, 1).for_all
    piece = compose(material(), [], read)
    items = [line.text for line in piece.sections[0].lines if line.is_item]
    assert items[0] == "Chasing receipts that nobody finds"
    assert "uditors" not in render("", piece.sections, "TEXT")


def test_a_page_is_quoted_where_it_bears_on_the_offer_and_nowhere_else():
    found = quotations(
        page(
            "Cookies make this site work for you.\nOur month-end close of the books takes two weeks.\nCall us."
        ),
        material(),
    )
    assert [quoted(fact) for fact in found] == [
        "example.com says: “Our month-end close of the books takes two weeks”"
    ]
    piece = compose(material(), found, Directives())
    (one,) = [each for each in cited(piece.sections) if each.source.kind == "page"]
    assert one.source.entity_name == "https://www.example.com/a"


def test_the_three_formats_carry_the_same_words():
    piece = compose(material(context="They use <b>A & B</b> for *all* books."), [], Directives())
    text = render(piece.title, piece.sections, "TEXT")
    marked = re.sub(r"^(#+ )", "", render(piece.title, piece.sections, "MARKDOWN"), flags=re.MULTILINE)
    tagged = html.unescape(re.sub(r"<[^>]+>", " ", render(piece.title, piece.sections, "HTML")))
    plain = text.replace("- ", "").split()
    assert re.sub(r"\\(.)", r"\1", marked.replace("- ", "")).split() == plain
    assert tagged.split() == plain


texts = st.lists(
    st.one_of(
        st.sampled_from(REAL),
        st.sampled_from(HOSTILE),
        st.text(max_size=50).filter(lambda text: "\x00" not in text),
    ),
    max_size=4,
)


@settings(max_examples=100, deadline=None)
@given_cases(
    st.fixed_dictionaries(dict.fromkeys(("painPoints", "keyObjectives", "capabilities", "statusQuo"), texts)),
    st.sampled_from([None, "They are hiring 12 people.", {"note": "<b>x</b> {{firstName}}"}]),
    st.sampled_from(
        ["", "The close of 99 books <script>alert(1)</script> takes eleven long days.", "x " * 300]
    ),
    st.sampled_from(["TEXT", "MARKDOWN", "HTML"]),
)
def test_whatever_is_in_the_library_nothing_is_said_that_was_not_given(data, context, text, output_format):
    persona = entity(
        "persona", CONTROLLER.name, **{name: data[name] for name in ("painPoints", "keyObjectives")}
    )
    product = entity("product", PRODUCT.name, **{name: data[name] for name in ("capabilities", "statusQuo")})
    found = material(product, persona, (), context)
    piece = compose(found, quotations(page(text), found), Directives())
    said = render(piece.title, piece.sections, "TEXT")
    assert ungrounded(said, [*given(found), text, "example.com"], [OWN]) == set()
    assert "{" not in said
    assert "<script" not in render(piece.title, piece.sections, output_format)
