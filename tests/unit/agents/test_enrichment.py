"""A company's and a person's record: only what was said, in its own type, with its source."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from setpiece.agents.enrich_company.profile import FIELDS, LOCATION, Profile
from setpiece.agents.enrich_company.sources import learn_from_page, learn_from_request
from setpiece.agents.enrich_person.person import person_of
from setpiece.agents.enrich_person.schemas import EnrichPersonRun
from setpiece.agents.identity import identify
from setpiece.agents.material import NOBODY
from setpiece.agents.told import told_facts
from setpiece.providers.web.page import WebPage


def profile(context: Any = None, about: Any = None, **sent: str) -> Profile:
    found = Profile()
    learn_from_request(found, identify(EnrichPersonRun(**sent)) or NOBODY, told_facts(context))
    if about is not None:
        learn_from_page(
            found, WebPage("https://example.com/", "https://example.com/", "", "", 0, about=about)
        )
    return found


def test_every_field_is_there_and_what_nobody_said_is_null():
    shown = profile(companyName="Example Corp").shown()
    assert set(shown) == set(FIELDS)
    assert set(shown["location"]) == set(LOCATION)
    assert shown.pop("name") == "Example Corp"
    assert shown.pop("location") == dict.fromkeys(LOCATION)
    assert set(shown.values()) == {None}


def test_what_was_told_fills_the_record_in_its_own_types():
    context = {
        "industry": "Software",
        "employees": "1,200",
        "founded": "May 2011",
        "city": "Ghent",
        "country": "be",
        "specialties": ["Ledgers", "Audits, Tax"],
        "linkedin": "https://www.linkedin.com/company/example-corp/about",
        "website": "https://example.com",
    }
    shown = profile(context).shown()
    assert (shown["industry"], shown["employeeCount"], shown["founded"]) == ("Software", 1200, 2011)
    assert (shown["location"]["locality"], shown["countryCode"], shown["slug"]) == (
        "Ghent",
        "BE",
        "example-corp",
    )
    assert shown["specialties"] == ["Ledgers", "Audits", "Tax"]
    assert shown["website"] == "https://example.com"


def test_lines_of_a_text_count_as_well():
    assert profile("Industry: Brewing\nWe met in May.").value("industry") == "Brewing"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("employees", "50-200"),
        ("employees", "many"),
        ("country", "Belgium"),
        ("founded", "long ago"),
        ("website", "javascript:alert(1)"),
        ("employees", "9" * 40),
    ],
)
def test_a_value_that_is_none_of_its_type_stays_null(name: str, text: str):
    shown = profile({name: text}).shown()
    assert {shown[one] for one in ("employeeCount", "countryCode", "founded", "website")} == {None}


def test_the_request_is_believed_before_the_page():
    found = profile(
        {"industry": "Brewing"},
        {"industry": ("Software",), "name": ("Other",), "foundingDate": ("2011",)},
        companyName="Example Corp",
    )
    assert (found.value("name"), found.value("industry"), found.value("founded")) == (
        "Example Corp",
        "Brewing",
        2011,
    )
    sources = {one.place: (one.source.kind, one.source.field) for one in found.cited()}
    assert sources["company.industry"] == ("request", "runtimeContext.industry")
    assert sources["company.founded"] == ("page", "foundingDate")
    assert sources["company.name"] == ("request", "companyName")


def test_every_value_that_is_shown_is_cited():
    found = profile(
        {"industry": "Brewing", "city": "Ghent", "country": "BE"},
        {"knowsAbout": ("Ale", "Stout")},
        companyDomain="example.com",
    )
    places = {one.place for one in found.cited()}
    shown = found.shown()
    filled = {f"company.{name}" for name, value in shown.items() if value is not None and name != "location"}
    filled |= {
        f"company.location.{name}"
        for name, value in shown["location"].items()
        if value and name != "countryCode"
    }
    assert places == filled


def person(context: Any = None, **sent: str) -> dict[str, Any]:
    request = EnrichPersonRun(**sent)
    return person_of(request, identify(request) or NOBODY, told_facts(context)).shown({})


def test_a_name_is_never_read_out_of_an_address():
    shown = person(email="ada.example@example.com")
    assert (shown["firstName"], shown["lastName"], shown["email"]) == (None, None, "ada.example@example.com")


def test_a_title_is_read_as_matching_reads_it():
    shown = person(jobTitle="VP Sales")
    assert (shown["title"], shown["seniority"], shown["functions"]) == ("VP Sales", "vp", ["sales"])
    assert person(firstName="Ada")["seniority"] is None


def test_what_was_told_of_the_person_fills_the_record():
    shown = person({"headline": "Builds teams", "jobTitle": "CFO"}, firstName="Ada")
    assert (shown["headline"], shown["title"], shown["firstName"]) == ("Builds teams", "CFO", "Ada")


VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=40)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(["employees", "industry", "specialties", "x", "founded", "country"]),
            inner,
            max_size=3,
        ),
    ),
    max_leaves=8,
)


@settings(max_examples=200, deadline=None)
@given(
    VALUES,
    st.dictionaries(
        st.sampled_from(["name", "foundingDate", "numberOfEmployees", "sameAs", "knowsAbout"]),
        st.lists(st.text(max_size=20), min_size=1, max_size=3).map(tuple),
    ),
)
def test_no_value_comes_from_nowhere(context: Any, about: Any):
    found = profile(context, about)
    said = " ".join(
        [
            *(fact.text for fact in told_facts(context)),
            *(text for texts in about.values() for text in texts),
            "https://example.com/",
        ]
    )
    shown = found.shown()
    for value in (*shown.pop("location").values(), *shown.values()):
        for one in value if isinstance(value, list) else [value]:
            assert one is None or squeezed(str(one)) in squeezed(said)


def squeezed(text: str) -> str:
    return "".join(text.replace(",", "").split()).casefold()
