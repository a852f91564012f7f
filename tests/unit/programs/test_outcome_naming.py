"""Which unit an event is about."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from setpiece.kernel.errors import Invalid
from setpiece.programs.outcomes.model import Event, OutcomeKind
from setpiece.programs.outcomes.naming import find_unit, learn, names_of, person_of
from setpiece.programs.outcomes.reading import read_event

AT = datetime(2026, 1, 1, tzinfo=UTC)
PROVIDERS = ("gmail.com",)


def company(host: str) -> str | None:
    domain = ".".join(host.split(".")[-2:])
    return None if domain in PROVIDERS else domain


def units(*events: dict[str, Any], unit: str = "account") -> list[str]:
    known: dict[UUID, str] = {}
    found = []
    for event in events:
        names = names_of(Event(OutcomeKind.TOUCHED, AT, "evt", **event), unit, company, "salt")
        key = find_unit(names, known)
        learn(names, key, known)
        found.append(key)
    return found


SAME = {
    "two people of one domain": ({"email": "ada@acme.example"}, {"email": "Bob@eu.acme.example"}),
    "a domain as account": ({"account_id": "acme.example"}, {"email": "ada@acme.example"}),
    "a reply that knows the address only": (
        {"account_id": "acc_1", "email": "ada@acme.example"},
        {"email": "ada@acme.example"},
    ),
    "a reply that knows the account only": (
        {"email": "ada@acme.example", "account_id": "acc_1"},
        {"account_id": "acc_1"},
    ),
    "a private address after the lead": (
        {"lead_id": "1", "account_id": "acc_1"},
        {"lead_id": "1", "email": "ada@gmail.com"},
    ),
}


@pytest.mark.parametrize("events", SAME.values(), ids=SAME.keys())
def test_names_that_came_together_lead_to_one_unit(events: tuple[dict[str, Any], ...]):
    assert len(set(units(*events))) == 1
    assert len(set(units(*reversed(events)))) == 1


APART = {
    "two people of a mail provider": ({"email": "ada@gmail.com"}, {"email": "bob@gmail.com"}),
    "two accounts with one domain": (
        {"account_id": "acc_1", "email": "ada@acme.example"},
        {"account_id": "acc_2", "email": "bob@acme.example"},
    ),
}


@pytest.mark.parametrize("events", APART.values(), ids=APART.keys())
def test_who_has_nothing_in_common_stays_apart(events: tuple[dict[str, Any], ...]):
    assert len(set(units(*events))) == 2


def test_of_two_accounts_with_one_domain_a_reply_finds_the_one_of_its_writer():
    found = units(*APART["two accounts with one domain"], {"email": "bob@acme.example"})
    assert found[2] == found[1]


def test_contacts_are_counted_apart_where_that_is_wanted():
    colleagues = ({"email": "ada@acme.example"}, {"email": "bob@acme.example"}, {"email": "ADA@acme.example"})
    ada, bob, again = units(*colleagues, unit="contact")
    assert ada == again != bob


def test_a_unit_that_is_a_person_does_not_say_who():
    (key,) = units({"email": "ada@gmail.com"})
    assert "ada" not in key


def test_a_mail_provider_is_an_account_where_nothing_else_is_said():
    assert units({"account_id": "gmail.com"}, {"account_id": "gmail.com"}) == ["gmail.com"] * 2
    ada, bob = units({"account_id": "gmail.com", "email": "ada@gmail.com"}, {"email": "bob@gmail.com"})
    assert ada != bob


@pytest.mark.parametrize("email", ["ada@", "ada@localhost", "a b@acme.example", "@"])
def test_what_is_no_address_says_of_nobody_whom_it_is_about(email: str):
    event = {"kind": "touched", "email": email, "sourceEventId": "evt"}
    with pytest.raises(Invalid, match="must be an address"):
        read_event(event, AT)
    assert read_event(event | {"leadId": "1"}, AT).lead_id == "1"


def test_one_person_is_one_by_whatever_they_are_called():
    persons: dict[UUID, UUID] = {}

    def person(**event: Any) -> UUID | None:
        names = names_of(Event(OutcomeKind.TOUCHED, AT, "evt", **event), "account", company, "salt")
        return person_of(names, persons)

    ada = person(lead_id="1", account_id="acc_1", email="ada@acme.example")
    assert person(email="Ada@acme.example") == person(lead_id="1", email="ada@gmail.com") == ada
    assert person(email="ada@gmail.com") == ada
    assert person(email="bob@acme.example") not in (ada, None)
    assert person(account_id="acme.example") is None
