"""Who a run is about, from whatever was sent."""

from typing import Any

import pytest

from setpiece.agents.identity import Identity, identify
from setpiece.agents.sequence.schemas import SequenceRun


def identity(**sent: Any) -> Identity:
    found = identify(SequenceRun(**sent))
    assert found is not None
    return found


@pytest.mark.parametrize("sent", [{}, {"email": ""}, {"jobTitle": " \t "}, {"lang": "en"}], ids=str)
def test_nothing_that_identifies_is_nobody(sent: dict[str, str]):
    assert identify(SequenceRun(**sent)) is None


DOMAINS = {
    "from the address": ({"email": "a@b.example"}, "b.example"),
    "upper case": ({"email": "A@B.Example"}, "b.example"),
    "subdomain": ({"email": "a@mail.b.example"}, "mail.b.example"),
    "given wins": ({"email": "a@b.example", "companyDomain": "c.example"}, "c.example"),
    "provider": ({"email": "a@GMail.com"}, None),
    "provider, but given": ({"email": "a@gmail.com", "companyDomain": "c.example"}, "c.example"),
    "in the wrong field": ({"email": "b.example"}, "b.example"),
    "URL": ({"companyDomain": "https://www.b.example/about?x=1"}, "b.example"),
    "with a port": ({"companyDomain": "b.example:8080"}, "b.example"),
    "blanks around": ({"companyDomain": "  b.example "}, "b.example"),
    "no domain": ({"companyDomain": "Example Inc"}, None),
    "one word": ({"companyDomain": "localhost"}, None),
}


@pytest.mark.parametrize(("sent", "domain"), DOMAINS.values(), ids=DOMAINS.keys())
def test_the_company_s_domain_is_read_wherever_it_stands(sent: dict[str, str], domain: str | None):
    assert identity(**sent).company_domain == domain


@pytest.mark.parametrize("email", ["b.example", "a@@b.example", "a b@c.example", "a@b", "@b.example"])
def test_what_is_no_address_is_not_kept_as_one(email: str):
    assert identity(email=email).email is None


def test_the_subject_is_the_surest_name_of_a_person():
    everything = {"email": "A@b.example", "linkedInProfile": "in/a", "crmContactId": "C", "firstName": "Ada"}
    assert identity(**everything).subject == "a@b.example"
    del everything["email"]
    assert identity(**everything).subject == "in/a"
    del everything["linkedInProfile"]
    assert identity(**everything).subject == "c"
    assert identity(firstName="Ada").subject != identity(lastName="Ada").subject


def test_what_is_missing_is_said_in_words():
    assert identity(crmLeadId="1").missing == ["job title", "first name", "company name"]
    assert identity(jobTitle="CEO", firstName="Ada", companyDomain="b.example").missing == []
