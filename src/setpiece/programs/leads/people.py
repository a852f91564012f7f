"""From the cells of one row to a person. Pure."""

import re
from collections.abc import Mapping

from setpiece.kernel.errors import Invalid
from setpiece.programs.addresses import normal_domain, normal_email
from setpiece.programs.leads.accounts import account_key
from setpiece.programs.leads.model import AGENT_FIELDS, Person

FIELDS = (
    "email", "phone", "firstName", "lastName", "fullName", "jobTitle", "companyName", "companyDomain", "externalId",
    *AGENT_FIELDS,
)  # fmt: skip
"""Names that mean something; every other one is kept as it is."""
LONGEST_CELL = 2_000
"""Characters of one value; `runtimeContext`, the longest of them, holds a few notes."""
MOST_FIELDS = 100
"""Values of one person beside the known ones; wide exports of a CRM have some sixty."""
_HOST = re.compile(r"^(?:https?://)?(?:www\.)?([^/:?#\s@]+)", re.IGNORECASE)
_SHOWN = re.compile(r"^[^<>]*<([^<>]+)>$")
_EXTENSION = re.compile(r"(?:ext|x|#)\.?\s*\d+\s*$", re.IGNORECASE)
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_FEWEST_DIGITS, _MOST_DIGITS = 5, 15  # E.164 allows 15; shorter than 5 is an extension


def person_of(values: Mapping[str, str]) -> Person:
    """The person that the values tell of.

    Args:
        values: Texts by name, those of `FIELDS` and any others.

    Raises:
        Invalid: an address is none, a value is too long, or nothing says who this is; a sentence without the value itself.
    """
    given = {name: text for name, raw in values.items() if (text := " ".join(raw.split()))}
    _check_bounds(given)
    email = read_email(given["email"]) if "email" in given else None
    phone = read_phone(given["phone"]) if "phone" in given else None
    domain = read_host(given["companyDomain"]) if "companyDomain" in given else None
    external_id = given.get("externalId") or given.get("crmContactId") or given.get("crmLeadId")
    key = _key(email, phone, external_id, given.get("linkedInProfile"))
    first, last = _names(given)
    return Person(
        key=key,
        account_key=account_key(email=email, domain=domain, account_id=given.get("crmAccountId"), person=key),
        email=email,
        phone=phone,
        first_name=first,
        last_name=last,
        title=given.get("jobTitle"),
        company=given.get("companyName"),
        domain=domain,
        external_id=external_id,
        fields={name: text for name, text in given.items() if name in AGENT_FIELDS or name not in FIELDS},
    )


def read_email(text: str) -> str:
    """The address in its normal form, out of `Ann <ann@acme.example>` or `mailto:ann@acme.example` too.

    Raises:
        Invalid: it is none.
    """
    shown = _SHOWN.match(text)
    address = normal_email((shown[1] if shown else text).strip().removeprefix("mailto:"))
    if address is None:
        raise Invalid("The email is no address; it looks like ann@acme.example.")
    return address


def read_phone(text: str) -> str:
    """Digits, with a plus where the number says its country. An extension is left out.

    Raises:
        Invalid: it has no 5 to 15 digits.
    """
    main = _EXTENSION.sub("", text).replace("(0)", "")
    digits = re.sub(r"\D", "", main)
    is_international = main.lstrip(" (").startswith("+")
    if not is_international and digits.startswith("00"):
        is_international, digits = True, digits[2:]
    if not _FEWEST_DIGITS <= len(digits) <= _MOST_DIGITS or re.search(r"[^\W\d_]", main):
        raise Invalid("The phone is no number of 5 to 15 digits; it looks like +44 20 7946 0000.")
    return f"+{digits}" if is_international else digits


def read_host(text: str) -> str | None:
    """The host of a company's address, without `www.`; None for what names no host."""
    match = _HOST.match(text)
    return normal_domain(match[1]) if match else None


def _key(email: str | None, phone: str | None, external_id: str | None, linkedin: str | None) -> str:
    """The surest thing that says who it is. Source: playbooks-v1, section 4.4 (email, then phone, then external id)."""
    if email:
        return f"email:{email}"
    if phone:
        return f"phone:{phone}"
    if external_id:
        return f"external:{external_id}"
    if linkedin:
        return f"linkedin:{linkedin.lower().rstrip('/')}"
    raise Invalid("Nothing says who this is; give an email, a phone, an external id or a LinkedIn profile.")


def _names(given: Mapping[str, str]) -> tuple[str | None, str | None]:
    """A full name is parted at its first blank, where no parts are given."""
    first, last = given.get("firstName"), given.get("lastName")
    if first or last or "fullName" not in given:
        return first, last
    first, _, last = given["fullName"].partition(" ")
    return first, last or None


def is_storable(text: str) -> bool:
    """Whether a text column can hold it: no NUL, and no half of a pair of UTF-16, which JSON can spell."""
    return _UNSTORABLE.search(text) is None


def shown_name(name: str) -> str:
    """A name for a sentence, whatever stands in it."""
    return ascii(name[:60])[1:-1] if not is_storable(name) else name[:60]


def _check_bounds(given: Mapping[str, str]) -> None:
    for name, text in given.items():
        if len(text) > LONGEST_CELL:
            raise Invalid(f"'{shown_name(name)}' is longer than {LONGEST_CELL:,} characters.")
        if not (is_storable(text) and is_storable(name)):
            raise Invalid(f"'{shown_name(name)}' contains a NUL or half a character; remove it.")
    if len(given) > MOST_FIELDS + len(FIELDS):
        raise Invalid(f"The row has more than {MOST_FIELDS} values; leave out columns that are not needed.")
