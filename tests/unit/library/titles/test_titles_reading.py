"""Misspelt words, German compounds and short forms of several meanings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from setpiece.library.titles.parse import in_english, parse_title
from setpiece.library.titles.spelling import Speller

SPELLER = Speller(["account", "analyst", "product", "security", "marketing", "operations"])
SLIPS = {
    "missing": ("acount", "account"),
    "swapped": ("prodcut", "product"),
    "swapped with its neighbour": ("anlayst", "analyst"),
    "added": ("marketting", "marketing"),
    "changed": ("sekurity", "security"),
}


@pytest.mark.parametrize(("written", "meant"), SLIPS.values(), ids=SLIPS.keys())
def test_one_slip_is_put_right(written: str, meant: str):
    assert SPELLER.correct(written) == meant


@pytest.mark.parametrize(
    "word", ["opratons", "banana", "roduct", "ops"], ids=["two slips", "other", "first letter", "short"]
)
def test_what_is_no_single_slip_is_left(word: str):
    assert SPELLER.correct(word) is None


def test_a_word_between_two_known_ones_is_left():
    assert Speller(["planners", "plannery"]).correct("plannerx") is None


@given(st.sampled_from(["account", "product", "marketing", "operations"]), st.data())
def test_any_missing_letter_but_the_first_is_found(word: str, data: st.DataObject):
    at = data.draw(st.integers(1, len(word) - 1))
    assert SPELLER.correct(word[:at] + word[at + 1 :]) == word


COMPOUNDS = {
    "Datenanalystin": "analyst data",
    "Leiter Datenplattform": "head data platform",
    "Systemadministratorin": "administrator system",
    "Kundenerfolgsmanagerin": "manager customer success",
    "Softwareentwicklungsleiter": "head engineering software",
}


@pytest.mark.parametrize(("title", "english"), COMPOUNDS.items(), ids=COMPOUNDS.keys())
def test_a_compound_is_read_by_its_parts(title: str, english: str):
    assert in_english(title) == english


MEANINGS = {
    "CPO": "product",
    "CPO (Procurement)": "procurement",
    "CPO | Chief People Officer": "hr",
    "CRO": "sales",
    "CRO (Chief Risk Officer)": "compliance",
    "CMO, Medical Affairs": "healthcare",
}


@pytest.mark.parametrize(("title", "function"), MEANINGS.items(), ids=MEANINGS.keys())
def test_a_short_form_means_what_the_rest_of_the_title_speaks_of(title: str, function: str):
    assert parse_title(title).function == function


APART = {
    "Civil Engineer": "construction",
    "Ingeniera civil": "construction",
    "Bauingenieurin": "construction",
    "Security Guard": "public_service",
    "Head Chef": "hospitality",
    "Chef de cuisine": "hospitality",
    "Krankenpfleger": "healthcare",
    "Software Engineer": "engineering",
    "Chef de produit": "product",
}


@pytest.mark.parametrize(("title", "function"), APART.items(), ids=APART.keys())
def test_occupations_that_share_words_are_told_apart(title: str, function: str):
    assert parse_title(title).function == function


def test_a_title_without_a_role_is_its_own_english():
    assert in_english("🦄") == "🦄"
