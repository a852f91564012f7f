"""Work outside offices, words that are used everywhere, and small words of other languages."""

import pytest

from setpiece.library.titles.functions import Function
from setpiece.library.titles.lists import naming, translating
from setpiece.library.titles.parse import in_english, parse_title
from setpiece.library.titles.vocabulary import read

OCCUPATIONS = {
    "Lecturer in Product Management": "education",
    "Football scout and talent developer": "personal_service",
    "Growth equity investor": "investing",
    "Divorce lawyer": "legal_practice",
    "Private secretary, PA to the Managing Director": "administration",
    "Corporal, Logistics": "public_service",
    "Machine operator for quality": "trades",
}
POSTS = {
    "Nurse Recruiter": "recruiting",
    "Account Manager - Dentists & Surgeons": "account_management",
    "Marketing Director, Hotel Group": "marketing",
    "Sales Manager for Schools": "sales",
    "Data Steward": "data",
    "Investor Relations Manager": "finance",
}
PLACES = {
    "Platform Supervisor, Offshore Rig": "construction",
    "Controller - Air Traffic": "transport",
    "Managing Director, Private Equity": "investing",
    "Network Officer, Navy": "public_service",
}


@pytest.mark.parametrize(("title", "function"), OCCUPATIONS.items(), ids=OCCUPATIONS.keys())
def test_what_somebody_is_outside_offices_decides_alone(title: str, function: str):
    assert parse_title(title).functions == (function,)


@pytest.mark.parametrize(("title", "function"), POSTS.items(), ids=POSTS.keys())
def test_a_post_of_offices_is_not_taken_for_those_it_deals_with(title: str, function: str):
    assert parse_title(title).function == function


@pytest.mark.parametrize(("title", "function"), PLACES.items(), ids=PLACES.keys())
def test_a_place_outside_offices_decides_over_words_used_everywhere(title: str, function: str):
    assert parse_title(title).function == function


def test_an_everyday_word_beside_an_unknown_one_is_vague():
    assert parse_title("Growth Wobbler").roles[0].vague
    assert not parse_title("Growth Manager").roles[0].vague
    assert not parse_title("Payroll Wobbler").roles[0].vague


def test_an_unknown_word_before_the_first_comma_is_noted():
    assert parse_title("Wobbler Sales Manager").roles[0].unread
    assert not parse_title("Sales Manager, Wobblers").roles[0].unread
    assert not parse_title("Senior Sales Manager EMEA 2").roles[0].unread


SHORT_FORMS = {
    "Senior AM EMEA": "account_management",
    "senior am emea": "account_management",
    "Key AM": "account_management",
    "EM, Payments": "engineering",
}
PARTICLES = ("Richter am Landgericht", "RICHTER AM LANDGERICHT", "richter am landgericht")


@pytest.mark.parametrize(("title", "function"), SHORT_FORMS.items(), ids=SHORT_FORMS.keys())
def test_a_short_form_keeps_its_meaning(title: str, function: str):
    assert parse_title(title).function == function


@pytest.mark.parametrize("title", PARTICLES)
def test_a_small_word_of_another_language_is_no_short_form(title: str):
    assert "account" not in in_english(title)
    assert parse_title(title).function == "public_service"


def test_whoever_leads_accounts_leads_sales_and_whoever_holds_them_does_not():
    assert parse_title("VP, Major Accounts").function == "sales"
    assert parse_title("Strategic Account Manager").function == "account_management"


def test_a_phrase_is_known_in_the_plural_too():
    assert parse_title("Head of Solutions Consultants").function == "sales_engineering"


def test_a_deputy_holds_the_post_and_an_assistant_does_not():
    assert parse_title("DRH adjointe").function == "hr"
    assert parse_title("Assistante du DRH").function == "administration"


def test_words_of_a_role_name_a_function_wherever_they_stand():
    assert parse_title("Trainer for the whole sales network").function == "sales_enablement"


def test_every_function_of_the_lists_is_one():
    lists = naming()
    named = {*lists.functions.table.values(), *lists.together.values()}
    assert named <= set(Function)


def test_no_line_of_a_list_of_translations_is_empty_on_either_side():
    table = translating().phrases.table
    assert [words for words, meaning in table.items() if not words or not meaning] == []
    assert all(word == word.casefold() and word.isascii() for words in table for word in words)


def test_a_comment_in_a_list_is_no_entry():
    assert all(not line.startswith("#") for line in read.lines("functions.txt"))
