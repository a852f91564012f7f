"""Whether two rows are one person. Pure.

The first thing that both tell decides: the email, else the phone, else the external id. So two colleagues who share a switchboard
stay two, and a row with only that number is the first of them. Source: playbooks-v1, section 4.4 (same order as the identity rule).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from setpiece.programs.leads.model import Person

SIGNS = ("email", "phone", "external_id", "linkedin")
"""What somebody is recognised by, the surest first."""


@dataclass(frozen=True, slots=True)
class Recognisable:
    """A lead, as far as it is needed to recognise it."""

    id: UUID
    email: str | None
    phone: str | None
    external_id: str | None
    linkedin: str | None


class Known:
    """The people who are there already; those who are added are found too."""

    def __init__(self, leads: Iterable[Recognisable] = ()) -> None:
        self._by_value: dict[str, dict[str, tuple[Recognisable, ...]]] = {sign: {} for sign in SIGNS}
        for one in leads:
            self._note(one)

    def add(self, lead_id: UUID, person: Person) -> None:
        """Note a person, or what more is told of one who is there."""
        self._note(Recognisable(lead_id, **{sign: value_of(person, sign) for sign in SIGNS}))

    def _note(self, one: Recognisable) -> None:
        for sign in SIGNS:
            if value := getattr(one, sign):
                same = self._by_value[sign]
                same[value] = (*same.get(value, ()), one)

    def find(self, person: Person) -> UUID | None:
        """The lead that the person is, the oldest of several."""
        return next(self._matches(person), None)

    def _matches(self, person: Person) -> Iterator[UUID]:
        for sign in SIGNS:
            for one in self._by_value[sign].get(value_of(person, sign) or "", ()):
                if _decides(sign, person, one):
                    yield one.id


def value_of(person: Person, sign: str) -> str | None:
    """What the person tells of this sign. A LinkedIn profile counts only where nothing else says who it is; the key is made of it then."""
    if sign == "linkedin":
        return person.key if person.key.startswith("linkedin:") else None
    found: str | None = getattr(person, sign)
    return found


def values_of(people: Sequence[Person], sign: str) -> list[str]:
    """What the people tell of this sign."""
    return [value for one in people if (value := value_of(one, sign))]


def _decides(sign: str, person: Person, one: Recognisable) -> bool:
    """Whether nothing surer than `sign` tells the two apart."""
    return not any(
        (mine := value_of(person, surer)) and (theirs := getattr(one, surer)) and mine != theirs
        for surer in SIGNS[: SIGNS.index(sign)]
    )
