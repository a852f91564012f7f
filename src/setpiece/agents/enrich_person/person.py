"""A person's record: every field there, null where nobody said it, and each with its source. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from setpiece.agents.enrich_person.schemas import EnrichPersonRun
from setpiece.agents.identity import Identity
from setpiece.agents.provenance import Cited
from setpiece.agents.sequence.writer.model import Fact, Source
from setpiece.agents.told import told_values
from setpiece.library.titles.parse import parse_title

FIELDS = (
    "firstName",
    "lastName",
    "title",
    "email",
    "profileUrl",
    "headline",
    "about",
    "location",
    "countryCode",
)
_TOLD: Mapping[str, tuple[str, ...]] = {
    "firstName": ("first name", "given name"),
    "lastName": ("last name", "family name", "surname"),
    "title": ("job title", "title", "role"),
    "profileUrl": ("linked in profile", "linkedin profile", "profile url", "linked in profile url"),
    "headline": ("headline",),
    "about": ("bio", "biography"),
    "location": ("person location", "location"),
}
_LONGEST = 2_000


@dataclass(slots=True)
class Person:
    """Facts by field, and what the title says of level and function."""

    facts: dict[str, Fact] = field(default_factory=dict)

    @property
    def title(self) -> str | None:
        return self.facts["title"].text if "title" in self.facts else None

    def shown(self, company: Mapping[str, Any]) -> dict[str, Any]:
        return {**{name: self._text(name) for name in FIELDS}, **self._read_title(), "company": company}

    def cited(self) -> Iterator[Cited]:
        for name, fact in self.facts.items():
            yield Cited(f"person.{name}", str(self._text(name)), fact.source, fact.text)
        for name, value in self._read_title().items():
            if value:
                yield Cited(
                    f"person.{name}", str(value), self.facts["title"].source, self.facts["title"].text
                )

    def _text(self, name: str) -> str | None:
        fact = self.facts.get(name)
        return " ".join(fact.text.split())[:_LONGEST] if fact else None

    def _read_title(self) -> dict[str, Any]:
        """Level and functions of the first role, as matching reads them; null when it reads none."""
        roles = parse_title(self.title or "").roles
        if not roles:
            return {"seniority": None, "functions": None}
        level = roles[0].seniority
        functions = [str(one) for one in roles[0].functions]
        return {"seniority": str(level) if level else None, "functions": functions or None}


def person_of(request: EnrichPersonRun, identity: Identity, told: tuple[Fact, ...]) -> Person:
    """From the request's own fields, then from its context."""
    sent = {
        "firstName": identity.first_name,
        "lastName": identity.last_name,
        "title": identity.job_title,
        "email": identity.email,
        "profileUrl": " ".join((request.linkedInProfile or "").split()),
    }
    names = {"title": "jobTitle", "profileUrl": "linkedInProfile"}
    person, values = Person(), told_values(told)
    for name, text in sent.items():
        if text:
            person.facts[name] = Fact(text, Source("", "request", "Request", names.get(name, name)))
    for name, words in _TOLD.items():
        for word in words:
            if word in values:
                person.facts.setdefault(name, values[word])
    return person
