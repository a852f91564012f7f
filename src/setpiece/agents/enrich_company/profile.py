"""A company's record of the contract: every field there, null where nobody said it, and each with its source. Pure."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from setpiece.agents.provenance import Cited
from setpiece.agents.sequence.writer.model import Fact

LOCATION = ("region", "locality", "postalCode", "countryCode", "streetAddress")
FIELDS = (
    "name",
    "description",
    "domain",
    "website",
    "founded",
    "location",
    "employeeCount",
    "followerCount",
    "type",
    "slug",
    "logoUrl",
    "countryCode",
    "specialties",
    "industry",
    "crunchBaseFunding",
)
_LONGEST = 2_000
_MOST_SPECIALTIES = 20
_YEAR = re.compile(r"\b(1[5-9]\d\d|20\d\d)\b")
_SLUG = re.compile(r"linkedin\.com/company/([^/?#\s]+)", re.IGNORECASE)
_COUNTRY = re.compile(r"[A-Za-z]{2}")


@dataclass(slots=True)
class Profile:
    """Values by field, each with the facts it rests on. The first who says something is believed."""

    facts: dict[str, tuple[Fact, ...]] = field(default_factory=dict)

    def learn(self, name: str, *facts: Fact) -> None:
        """Take a field's facts, unless it has some already or what they say is no value of that field."""
        if name not in self.facts and facts and _value(name, facts) is not None:
            self.facts[name] = facts

    def value(self, name: str) -> Any:
        return _value(name, self.facts[name]) if name in self.facts else None

    def shown(self) -> dict[str, Any]:
        """The record; `location` has its five parts also when none of them is known."""
        location = {part: self.value(part) for part in LOCATION}
        return {name: location if name == "location" else self.value(name) for name in FIELDS}

    def cited(self, prefix: str = "company") -> Iterator[Cited]:
        """Where each value comes from, in the record's order."""
        for name in (*FIELDS, *LOCATION):
            place = (
                f"{prefix}.location.{name}" if name in LOCATION and name not in FIELDS else f"{prefix}.{name}"
            )
            for fact in self.facts.get(name, ()):
                yield Cited(place, str(self.value(name)), fact.source, fact.text)


def _value(name: str, facts: tuple[Fact, ...]) -> Any:
    """What the facts say of a field, in its own type; None when that is none."""
    text = " ".join(facts[0].text.split())[:_LONGEST]
    if name == "specialties":
        parts = [part.strip() for fact in facts for part in fact.text.split(",")]
        return list(dict.fromkeys(part for part in parts if part))[:_MOST_SPECIALTIES] or None
    read = _READERS.get(name)
    return read(text) if read else text or None


def _year(text: str) -> int | None:
    found = _YEAR.search(text)
    return int(found[1]) if found else None


def _count(text: str) -> int | None:
    """A plain number; a range says less than a number and gives none."""
    digits = text.replace(",", "").replace(" ", "")
    return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) < _LONGEST_COUNT else None


def _slug(text: str) -> str | None:
    found = _SLUG.search(text)
    return found[1] if found else None


def _country(text: str) -> str | None:
    """A code of two letters; a name is not turned into one."""
    return text.upper() if _COUNTRY.fullmatch(text) else None


def _link(text: str) -> str | None:
    return text if text.startswith(("https://", "http://")) and " " not in text else None


_LONGEST_COUNT = 10
"""Digits: no company has ten billion employees or followers."""
_READERS: Mapping[str, Any] = {
    "founded": _year,
    "employeeCount": _count,
    "followerCount": _count,
    "slug": _slug,
    "countryCode": _country,
    "logoUrl": _link,
    "website": _link,
    "crunchBaseFunding": lambda _: None,
}
