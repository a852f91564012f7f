"""What cases are judged against."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from setpiece.matching.model import Candidates, Choice, Prospect, Similar


@dataclass(frozen=True, slots=True)
class Seen:
    """What was chosen for one prospect, and from what."""

    choice: Choice
    candidates: Candidates
    similar: Similar


class Source(Protocol):
    """A library to choose from."""

    @property
    def label_by_id(self) -> Mapping[str, str]:
        """How each candidate is called in a report: its key, where it has one."""
        ...

    @property
    def id_by_label(self) -> Mapping[tuple[str, str], str]:
        """By kind of what is chosen and label: a key, an oId or a name."""
        ...

    async def choose(self, prospect: Prospect) -> Seen: ...
