"""Which unit an event is about, by everything that it says of whom it is about. Pure.

Of an account one event knows the id, the next only an address. All names that came together lead to one unit from then on, so
that a reply finds the account that was touched. What is known of the person goes before what is known of the company. Names are kept
as digests: a person can be forgotten, and the account stays counted.
"""

import hashlib
from collections.abc import Callable, Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from setpiece.programs.addresses import normal_domain, normal_email
from setpiece.programs.outcomes.model import Event

CompanyDomain = Callable[[str], str | None]
"""The registrable domain of a host; None for that of a mail provider."""
_ACCOUNT, _LEAD, _EMAIL, _DOMAIN = "account", "lead", "email", "domain"


@dataclass(frozen=True, slots=True)
class Name:
    """One thing that a unit is known by."""

    kind: str
    value: str
    digest: UUID

    @property
    def as_key(self) -> str:
        """What a unit is called that is first known by this name: an account by itself, a person by a digest."""
        return self.value if self.kind in (_ACCOUNT, _DOMAIN) else f"person:{self.digest.hex}"


def names_of(event: Event, unit: str, company_domain: CompanyDomain, salt: str) -> list[Name]:
    """The names in an event, the most particular first; empty when it says nothing of whom it is about."""
    email = normal_email(event.email) if event.email else None
    lead, account = (event.lead_id or "").strip(), (event.account_id or "").strip()
    names = [_name(_LEAD, lead, salt)] if lead else []
    names += [_name(_EMAIL, email, salt)] if email else []
    if unit == "contact" and names:
        return names
    account_domain = normal_domain(account) if account else None
    names += [_name(_ACCOUNT, account, salt)] if account and not account_domain else []
    host = account_domain or (email.rpartition("@")[2] if email else "")
    domain = company_domain(host) if host else None
    names += [_name(_DOMAIN, domain, salt)] if domain else []
    # The domain of a mail provider is nobody's account, unless it is all that is said.
    return names or ([_name(_ACCOUNT, account, salt)] if account else [])


def names_of_person(lead_id: str, email: str | None, salt: str) -> list[UUID]:
    """The digests of what names a person and no company."""
    found = [(_LEAD, lead_id), *([(_EMAIL, email)] if email else [])]
    return [_name(kind, value, salt).digest for kind, value in found]


def find_unit(names: Sequence[Name], known: Mapping[UUID, str]) -> str:
    """The unit that has one of the names, or what the new one is called.

    A domain says less than an account's id: two accounts may share one, and stay two.
    """
    has_account = any(name.kind == _ACCOUNT for name in names)
    for name in names:
        key = known.get(name.digest)
        if key is not None and not (has_account and name.kind == _DOMAIN and key != name.value):
            return key
    return next((name for name in names if name.kind in (_ACCOUNT, _DOMAIN)), names[0]).as_key


def person_of(names: Sequence[Name], persons: MutableMapping[UUID, UUID]) -> UUID | None:
    """The person whom the names are of, called after the first name that they were known by; None when they name a company only.

    Whatever else they are called by is added to `persons`.
    """
    own = [name.digest for name in names if name.kind in (_LEAD, _EMAIL)]
    found = next((persons[name] for name in own if name in persons), own[0] if own else None)
    if found:
        for name in own:
            persons.setdefault(name, found)
    return found


def learn(names: Sequence[Name], key: str, known: MutableMapping[UUID, str]) -> list[UUID]:
    """Add the names that were not known; gives those."""
    new = [name.digest for name in names if name.digest not in known]
    known.update(dict.fromkeys(new, key))
    return new


def _name(kind: str, value: str, salt: str) -> Name:
    digest = hashlib.sha256(f"{salt} {kind} {value}".encode()).digest()
    return Name(kind, value, UUID(bytes=digest[:16]))
