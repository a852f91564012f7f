"""From the cells of a row to a person, and who is the same."""

from uuid import UUID

import pytest

from setpiece.kernel.errors import Invalid
from setpiece.programs.leads.accounts import account_key, company_domain
from setpiece.programs.leads.people import person_of, read_phone
from setpiece.programs.leads.recognise import Known

_ANN = UUID(int=1)
_BOB = UUID(int=2)


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("Ann@Acme.EXAMPLE", "ann@acme.example"),
        ("Ann Example <ann@acme.example>", "ann@acme.example"),
        ("mailto:ann@acme.example", "ann@acme.example"),
        ("ann@bücher.example", "ann@xn--bcher-kva.example"),
    ],
)
def test_an_address_is_kept_in_one_form(sent: str, kept: str) -> None:
    assert person_of({"email": sent}).email == kept


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("+44 (0)20 7946-0000", "+442079460000"),
        ("0044 20 7946 0000", "+442079460000"),
        ("(020) 7946 0000 ext. 12", "02079460000"),
    ],
)
def test_a_phone_is_kept_as_digits(sent: str, kept: str) -> None:
    assert read_phone(sent) == kept


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ({"email": "ann at acme"}, "The email is no address"),
        ({"email": "ann@acme.example", "phone": "12"}, "The phone is no number"),
        ({"firstName": "Ann"}, "Nothing says who this is"),
        ({"email": "ann@acme.example", "notes": "x" * 2001}, "longer than 2,000"),
        ({"email": "ann@acme.example"} | {f"c{n}": "x" for n in range(200)}, "more than 100 values"),
        ({"email": "ann@acme.example", "notes": "a\x00b"}, "NUL"),
    ],
)
def test_a_row_that_cannot_be_used_says_why_without_repeating_it(row: dict[str, str], told: str) -> None:
    with pytest.raises(Invalid, match=told) as refused:
        person_of(row)
    assert "ann" not in refused.value.message.lower().replace("ann@acme.example.", "")


def test_a_full_name_is_parted_and_other_columns_are_kept() -> None:
    person = person_of({"externalId": "7", "fullName": "Ann van Example", "Region": " North\n East "})
    assert (person.first_name, person.last_name) == ("Ann", "van Example")
    assert person.fields == {"Region": "North East"}


@pytest.mark.parametrize(
    ("host", "company"),
    [
        ("mail.acme.co.uk", "acme.co.uk"),
        ("acme.example", "acme.example"),
        ("gmail.com", None),
        ("co.uk", None),
        ("", None),
        ("localhost", None),
    ],
)
def test_a_company_is_its_registrable_domain(host: str, company: str | None) -> None:
    assert company_domain(host) == company


def test_a_person_without_a_company_is_an_account_of_their_own_that_does_not_name_them() -> None:
    found = account_key(email="ann@gmail.com", domain=None, account_id=None, person="email:ann@gmail.com")
    assert found.startswith("person:")
    assert "ann" not in found
    assert account_key(email=None, domain=None, account_id="001", person="phone:1") == "001"


def test_the_first_thing_that_two_rows_both_tell_decides_whether_they_are_one_person() -> None:
    known = Known([])
    known.add(_ANN, person_of({"email": "ann@acme.example", "phone": "+44 20 7946 0000"}))
    known.add(_BOB, person_of({"externalId": "7"}))
    assert known.find(person_of({"email": "ann@acme.example", "phone": "+1 555 0100"})) == _ANN
    assert known.find(person_of({"email": "carl@acme.example", "phone": "+44 20 7946 0000"})) is None
    assert known.find(person_of({"phone": "+44 20 7946 0000"})) == _ANN
    assert known.find(person_of({"email": "dora@acme.example", "externalId": "7"})) == _BOB
