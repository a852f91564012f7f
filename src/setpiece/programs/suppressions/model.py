"""A suppression: what must not be contacted, and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from setpiece.kernel.errors import Invalid
from setpiece.library.titles.domains import parents
from setpiece.programs.addresses import normal_domain, normal_email

SUPPRESSION_PREFIX = "sup"
LONGEST_VALUE = 254
LONGEST_NOTE = 500


class SuppressionKind(StrEnum):
    """What is left out: one address, everyone of a domain and the domains below it, or everyone of an account."""

    EMAIL = "email"
    DOMAIN = "domain"
    ACCOUNT = "account"


class SuppressionReason(StrEnum):
    """Why. All but `manual` were found by Setpiece or told to it."""

    MANUAL = "manual"
    UNSUBSCRIBED = "unsubscribed"
    ASKED_TO_STOP = "asked_to_stop"
    ANGRY = "angry"
    COMPLAINED = "complained"
    BOUNCED = "bounced"


Key = tuple[SuppressionKind, str]
"""What a suppression is found by: its kind and its value in normal form."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A suppression that somebody asks for; `value` as it came.

    Attributes:
        source: Where it came from: `api`, `import`, `reply`, `webhook`, `outcome`, `unsubscribe_link`.
        program_id: The program whose message led to it, if one did. It holds for all of them.
    """

    kind: SuppressionKind
    value: str
    reason: SuppressionReason
    source: str
    note: str = ""
    program_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Suppression:
    """One entry of the list; taken off it, it stays as a record that no longer holds.

    Attributes:
        value: In normal form.
        created_by: None when no member asked for it: a reply or a link did.
    """

    id: UUID
    kind: SuppressionKind
    value: str
    reason: SuppressionReason
    source: str
    note: str
    program_id: UUID | None
    created_by: UUID | None
    created_at: datetime
    removed_by: UUID | None
    removed_at: datetime | None

    @property
    def key(self) -> Key:
        return self.kind, self.value


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody who would be contacted: as much of an address and an account as is known."""

    email: str | None = None
    account_key: str | None = None


def normal_value(kind: SuppressionKind, value: str) -> str:
    """The value as it is compared.

    Raises:
        Invalid: it is no address or no domain, or too long.
    """
    if kind is SuppressionKind.ACCOUNT:
        found = value.strip() if len(value) <= LONGEST_VALUE else None
    else:
        found = normal_email(value) if kind is SuppressionKind.EMAIL else normal_domain(value)
    if not found:
        example = {"email": "ada@example.com", "domain": "example.com", "account": "acct_17"}[kind]
        raise Invalid(
            f"'{value[:100]}' is not {_ARTICLE[kind]}; write it like {example}.", code="suppression"
        )
    return found


_ARTICLE = {
    SuppressionKind.EMAIL: "an email address",
    SuppressionKind.DOMAIN: "a domain",
    SuppressionKind.ACCOUNT: f"an account id of 1 to {LONGEST_VALUE} characters",
}


def keys_of(contact: Contact) -> list[Key]:
    """What would suppress this contact, the most particular first.

    An account key that is a domain is suppressed with that domain, too: an account is known by its domain where it has no id.
    """
    keys: list[Key] = []
    email = normal_email(contact.email) if contact.email else None
    if email:
        keys.append((SuppressionKind.EMAIL, email))
    if account := (contact.account_key or "").strip():
        keys.append((SuppressionKind.ACCOUNT, account))
    domains = (normal_domain(account), email.rpartition("@")[2] if email else None)
    above = (one for domain in domains if domain for one in parents(domain))
    return [*keys, *((SuppressionKind.DOMAIN, one) for one in dict.fromkeys(above))]


def suppressing(contact: Contact, found: Mapping[Key, Suppression]) -> Suppression | None:
    """The most particular entry that covers `contact`, among those that were found for several."""
    return next((found[key] for key in keys_of(contact) if key in found), None)


def all_keys(contacts: Sequence[Contact]) -> list[Key]:
    """What would suppress any of them, each once."""
    return list(dict.fromkeys(key for contact in contacts for key in keys_of(contact)))
