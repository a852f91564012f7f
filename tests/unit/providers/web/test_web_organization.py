"""What a page states of its organisation, read from markup that anybody may have written."""

import json
from typing import Any

import pytest

from setpiece.providers.web.plain_text import extract_page


def about(*stated: Any, head: str = "") -> dict[str, list[str]]:
    scripts = (one if isinstance(one, str) else json.dumps(one) for one in stated)
    html = "".join(f'<script type="application/ld+json">{one}</script>' for one in scripts)
    found: dict[str, list[str]] = extract_page(
        f"<html><head>{head}{html}</head><body>x</body></html>".encode()
    )["about"]
    return found


EXAMPLE = {
    "@context": "https://schema.org",
    "@type": "Organization",
    "name": "Example Corp",
    "foundingDate": "2011-05-01",
    "numberOfEmployees": {"@type": "QuantitativeValue", "value": 120},
    "address": {"@type": "PostalAddress", "addressLocality": "Ghent", "addressCountry": {"name": "BE"}},
    "logo": {"@type": "ImageObject", "url": "https://example.com/logo.png"},
    "sameAs": ["https://www.linkedin.com/company/example-corp", "https://example.org"],
}


def test_an_organization_is_read_by_its_names():
    assert about(EXAMPLE) == {
        "name": ["Example Corp"],
        "logo": ["https://example.com/logo.png"],
        "foundingDate": ["2011-05-01"],
        "numberOfEmployees": ["120"],
        "sameAs": ["https://www.linkedin.com/company/example-corp", "https://example.org"],
        "addressLocality": ["Ghent"],
        "addressCountry": ["BE"],
    }


@pytest.mark.parametrize(
    "stated",
    [
        [EXAMPLE],
        {"@graph": [{"@type": "WebSite", "name": "No"}, EXAMPLE]},
        EXAMPLE | {"@type": ["Thing", "LocalBusiness"]},
    ],
    ids=["list", "graph", "several types"],
)
def test_it_is_found_wherever_it_may_stand(stated: Any):
    assert about({"@type": "Product", "name": "No"}, stated)["name"] == ["Example Corp"]


def test_of_two_organizations_the_first_counts():
    assert about(EXAMPLE, EXAMPLE | {"name": "Other"})["name"] == ["Example Corp"]


def test_meta_tags_are_read_too():
    head = '<meta property="og:site_name" content=" Example  Corp "><meta name="description" content="Sells &amp; mends">'
    assert about(head=head) == {"siteName": ["Example Corp"], "metaDescription": ["Sells & mends"]}


@pytest.mark.parametrize(
    "stated",
    [
        "{",
        "[" * 50_000,
        "null",
        '"text"',
        {"@type": 7},
        {"@type": "Person", "name": "x"},
        {"@graph": {"name": "x"}},
        "x" * 300_000,
    ],
    ids=range(8),
)
def test_what_is_no_organization_states_nothing(stated: Any):
    assert about(stated) == {}


def test_values_are_bounded_and_hold_nothing_invisible():
    found = about(
        EXAMPLE
        | {
            "name": "Ex\u202eample\nCorp",
            "description": "x" * 501,
            "knowsAbout": [str(n) for n in range(100)],
            "industry": {"deep": {"er": 1}},
            "legalName": True,
        }
    )
    assert found["name"] == ["Example Corp"]
    assert "description" not in found
    assert len(found["knowsAbout"]) == 20
    assert "industry" not in found
    assert "legalName" not in found


def test_scripts_stay_out_of_the_text():
    assert (
        extract_page(
            b'<body><script type="application/ld+json">{"@type":"Organization","name":"A"}</script>Hi'
        )["text"]
        == "Hi"
    )
