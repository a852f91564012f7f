"""Whether two rows are one person. Pure.

The first thing that both tell decides: the email, else the phone, else the external id. So two colleagues who share a switchboard
stay two, and a row with only that number is the first of them. Source: playbooks-v1, section 4.4 (same order as the identity rule).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from setpiece.programs.leads.model import Lead, Person


@dataclass(frozen=True, slots=True)
class _Entry:
    lead_id: UUID
    email: str | None
    phone: str | None
    external_id: str | None
    key: str


class Known:
    """The people who are there already; those who are added are found too."""

    def __init__(self, leads: Iterable[Lead]) -> None:
        self._by_sign: dict[tuple[str, str], list[_Entry]] = {}
        for one in leads:
            self.add(one.id, one)

    def add(self, lead_id: UUID, one: Lead | Person) -> None:
        """Note a person, or what more is told of one who is there."""
        entry = _Entry(lead_id, one.email, one.phone, one.external_id, one.key)
        for sign in _signs(one):
            self._by_sign.setdefault(sign, []).append(entry)

    def find(self, person: Person) -> UUID | None:
        """The lead that the person is, the oldest of several."""
        return next(self._matches(person), None)

    def _matches(self, person: Person) -> Iterator[UUID]:
        for sign in _signs(person):
            for entry in self._by_sign.get(sign, ()):
                if _decides(sign[0], person, entry):
                    yield entry.lead_id


def _signs(one: Lead | Person) -> Sequence[tuple[str, str]]:
    told = (("email", one.email), ("phone", one.phone), ("external_id", one.external_id), ("key", one.key))
    return [(name, value) for name, value in told if value]


def _decides(sign: str, person: Person, entry: _Entry) -> bool:
    """Whether nothing surer than `sign` tells the two apart."""
    return not any(
        getattr(person, surer) and getattr(entry, surer) and getattr(person, surer) != getattr(entry, surer)
        for surer in ("email", "phone", "external_id")[: ("email", "phone", "external_id", "key").index(sign)]
    )
