"""The port: people that somebody else keeps, page by page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Record:
    """A person as the source tells of them.

    Attributes:
        reference: The id that the source gives the person.
        values: Texts by name: `email`, `phone`, `firstName`, `lastName`, `fullName`, `jobTitle`, `companyName`, `companyDomain`,
            `linkedInProfile`, `crmContactId`, `crmLeadId`, `crmAccountId`; whatever else there is, under the source's own name.
        left_out: Why the person must not be contacted, when the source says so.
    """

    reference: str
    values: Mapping[str, str]
    left_out: str | None = None


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page.

    Attributes:
        cursor: Where the next page begins; None after the last one. It is good in another process, too.
    """

    records: Sequence[Record]
    cursor: str | None


@dataclass(frozen=True, slots=True)
class Cost:
    """What reading costs.

    Attributes:
        unit: `credits`, or `requests` where they are only counted against a quota.
        basis: How the amount was reached, as a sentence.
    """

    amount: float
    unit: str
    basis: str


class LeadSource(Protocol):
    """One vendor with one workspace's key.

    Each method raises Invalid for what will not do better later (the key is refused, the query is wrong, there is no such list) and
    Unavailable for what may (no answer, too many requests for too long, an answer that breaks off).
    """

    async def check(self) -> None:
        """Pass when the key is good and may read what is needed."""
        ...

    async def count(self, query: str) -> int | None:
        """How many people the query gives; None where the vendor cannot say without reading them."""
        ...

    def estimate(self, people: int) -> Cost:
        """What reading so many people costs."""
        ...

    async def fetch(self, query: str, limit: int, cursor: str | None) -> Fetched:
        """The page at the cursor, of at most `limit` people; the first page when it is None."""
        ...

    async def aclose(self) -> None:
        """Close its connections."""
        ...
