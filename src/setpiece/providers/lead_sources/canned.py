"""The fake: people in memory."""

from collections.abc import Sequence

from setpiece.kernel.errors import SetpieceError
from setpiece.providers.lead_sources.port import Cost, Fetched, Record


class CannedSource:
    """Gives the records to every query. The errors in `failures` are raised one after the other, before anything is given."""

    def __init__(self, records: Sequence[Record], *, credits_per_person: float = 0) -> None:
        self.records = list(records)
        self.failures: list[SetpieceError] = []
        self.asked: list[tuple[str, str | None]] = []
        self._credits = credits_per_person

    async def check(self) -> None:
        self._fail()

    async def count(self, query: str) -> int | None:  # noqa: ARG002 - every query gives the same
        self._fail()
        return len(self.records)

    def estimate(self, people: int) -> Cost:
        return Cost(people * self._credits, "credits", f"{self._credits:g} for each person")

    async def fetch(self, query: str, limit: int, cursor: str | None) -> Fetched:
        self.asked.append((query, cursor))
        self._fail()
        if limit < 1:
            raise ValueError("A page has at least one place.")
        begin = int(cursor or 0)
        end = begin + limit
        return Fetched(self.records[begin:end], str(end) if end < len(self.records) else None)

    async def aclose(self) -> None:
        """Nothing is open."""

    def _fail(self) -> None:
        if self.failures:
            raise self.failures.pop(0)
