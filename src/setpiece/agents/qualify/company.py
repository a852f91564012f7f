"""Company and person of an answer in the contract's fields: what was given, and null for everything else."""

from typing import Any

from setpiece.agents.identity import Identity
from setpiece.agents.qualify.evaluate.known import Known, is_current
from setpiece.agents.qualify.evaluate.numbers import interval_in
from setpiece.agents.qualify.evaluate.words import roots, words_of

_LOCATION = ("region", "locality", "postalCode", "countryCode", "streetAddress")
_GIVEN = {
    "industry": "industry",
    "description": "company description",
    "website": "website",
    "founded": "founded",
}
_HEADCOUNT = tuple(map(roots, ("employee count", "number of employees", "employees", "headcount")))


def company_of(identity: Identity, known: Known) -> dict[str, Any]:
    return {
        "name": identity.company_name,
        "domain": identity.company_domain,
        **{field: _given(known, label) for field, label in _GIVEN.items()},
        "location": dict.fromkeys(_LOCATION),
        "employeeCount": _headcount(known),
        "followerCount": None,
        "type": None,
        "slug": None,
        "logoUrl": None,
        "countryCode": _given(known, "country code"),
        "specialties": [],
        "crunchBaseFunding": [],
    }


def person_of(
    identity: Identity, known: Known, profile_url: str | None, company: dict[str, Any]
) -> dict[str, Any]:
    return {
        "firstName": identity.first_name,
        "lastName": identity.last_name,
        "title": identity.job_title or known.job_title,
        "profileUrl": profile_url,
        "company": company,
    }


def _given(known: Known, label: str) -> str | None:
    wanted = roots(label)
    return next((one.value for one in known.fields if one.roots == wanted), None)


def _headcount(known: Known) -> int | None:
    """Only a plain number: a range is no count."""
    for field in known.fields:
        found = (
            interval_in(words_of(field.value)) if field.roots in _HEADCOUNT and is_current(field) else None
        )
        if found and found.low == found.high:
            return int(found.low)
    return None
