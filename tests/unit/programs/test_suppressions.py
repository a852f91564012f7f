"""Whom a suppression covers, and how addresses are compared."""

from uuid import UUID

import pytest

from setpiece.kernel.clock import now
from setpiece.kernel.errors import Invalid
from setpiece.programs.addresses import normal_domain, normal_email
from setpiece.programs.suppressions.model import (
    Contact,
    Suppression,
    SuppressionKind,
    SuppressionReason,
    all_keys,
    keys_of,
    normal_value,
    suppressing,
)

EMAIL, DOMAIN, ACCOUNT = SuppressionKind


def entry(kind: SuppressionKind, value: str) -> Suppression:
    return Suppression(
        UUID(int=1), kind, value, SuppressionReason.MANUAL, "api", "", None, None, now(), None, None
    )


@pytest.mark.parametrize(
    ("written", "compared"),
    [
        (" Ada@Example.COM ", "ada@example.com"),
        ("<ada@example.com>", "ada@example.com"),
        ("ada+news@mail.example.com.", "ada+news@mail.example.com"),
        ("ada@bücher.example", "ada@xn--bcher-kva.example"),
        ("o'brien@example.com", "o'brien@example.com"),
        ("ada", None),
        ("@example.com", None),
        ("ada@localhost", None),
        ("ada@10.0.0.1", None),
        ("ada@@example.com", None),
        ("ada lovelace@example.com", None),
        (f"{'a' * 65}@example.com", None),
        (f"a@{'b.' * 126}example.com", None),
        ("ada@exa\x00mple.com", None),
        ("", None),
    ],
)
def test_an_address_has_one_form_or_is_none(written: str, compared: str | None):
    assert normal_email(written) == compared


@pytest.mark.parametrize(
    "text", ["", ".", "com", "-a.example", "a..example", "a" * 300 + ".com", "\udcff.example"]
)
def test_what_is_no_domain_is_refused(text: str):
    assert normal_domain(text) is None


@pytest.mark.parametrize(
    ("kind", "value", "covers"),
    [
        (EMAIL, "ada@example.com", Contact("ADA@example.com")),
        (DOMAIN, "example.com", Contact("ada@example.com")),
        (DOMAIN, "example.com", Contact("ada@mail.eu.example.com")),
        (DOMAIN, "example.com", Contact(None, "example.com")),
        (ACCOUNT, "acct_17", Contact("ada@elsewhere.example", " acct_17")),
    ],
)
def test_an_entry_covers(kind: SuppressionKind, value: str, covers: Contact):
    one = entry(kind, value)
    assert suppressing(covers, {one.key: one}) is one


@pytest.mark.parametrize(
    ("kind", "value", "spares"),
    [
        (EMAIL, "ada@example.com", Contact("ada@mail.example.com")),
        (DOMAIN, "mail.example.com", Contact("ada@example.com")),
        (DOMAIN, "example.com", Contact("ada@anexample.com")),
        (ACCOUNT, "acct_17", Contact("acct_17@example.com", "ACCT_17")),
        (ACCOUNT, "acct_17", Contact()),
    ],
)
def test_an_entry_does_not_cover(kind: SuppressionKind, value: str, spares: Contact):
    one = entry(kind, value)
    assert suppressing(spares, {one.key: one}) is None


def test_the_most_particular_entry_is_told():
    found = {one.key: one for one in (entry(DOMAIN, "example.com"), entry(EMAIL, "ada@example.com"))}
    told = suppressing(Contact("ada@example.com"), found)
    assert told
    assert told.kind is EMAIL


def test_what_is_asked_of_the_database_is_asked_once():
    many = [Contact(f"lead{number}@example.com", "example.com") for number in range(1000)]
    assert len(all_keys(many)) == 1000 + 2
    assert keys_of(Contact("no address")) == []


@pytest.mark.parametrize(
    ("kind", "value"), [(EMAIL, "ada"), (DOMAIN, "com"), (ACCOUNT, " "), (ACCOUNT, "a" * 255)]
)
def test_a_wrong_value_is_told_how_to_write_it(kind: SuppressionKind, value: str):
    with pytest.raises(Invalid, match="write it like"):
        normal_value(kind, value)
