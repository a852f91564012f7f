"""Which entity an entry of a file speaks of. Pure."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from uuid import UUID

from setpiece.library.transfer.document import Entry
from setpiece.library.transfer.names import Named, shown_keys
from setpiece.library.transfer.repository import Heading


def match(entries: Sequence[Entry], headings: Sequence[Heading]) -> dict[Named, UUID]:
    """The entity of each entry that has one, by kind and key.

    Strongest first: the entity with the entry's key; then, among those that have no key, the one that an export
    shows under that key with the same name; the oldest with the same name; the one shown under that key.
    """
    candidates = _Candidates(headings)
    found = {entry.id: candidates.by_key[entry.id].id for entry in entries if entry.id in candidates.by_key}
    for rule in (candidates.same, candidates.namesakes, candidates.shown):
        for entry in entries:
            if entry.id not in found and (heading := candidates.claim(rule(entry))):
                found[entry.id] = heading.id
    return found


class _Candidates:
    """Entities by what an entry may know of them; one without a key can be claimed once."""

    def __init__(self, headings: Sequence[Heading]) -> None:
        self.by_key = {(one.kind, one.key): one for one in headings if one.key is not None}
        named = shown_keys(headings)
        self._shown = {named[one.id]: one for one in headings if one.key is None}
        self._namesakes: dict[tuple[str, str], list[Heading]] = defaultdict(list)
        for one in reversed(headings):
            if one.key is None:
                self._namesakes[one.kind, one.name].append(one)
        self._claimed: set[UUID] = set()

    def shown(self, entry: Entry) -> Iterator[Heading]:
        if one := self._shown.get(entry.id):
            yield one

    def same(self, entry: Entry) -> Iterator[Heading]:
        return (one for one in self.shown(entry) if one.name == entry.given["name"])

    def namesakes(self, entry: Entry) -> Iterator[Heading]:
        """Each is offered once, so that many entities of one name cost no more than few."""
        left = self._namesakes.get((entry.kind.name, entry.given["name"]), [])
        while left:
            yield left.pop()

    def claim(self, offered: Iterator[Heading]) -> Heading | None:
        for one in offered:
            if one.id not in self._claimed:
                self._claimed.add(one.id)
                return one
        return None
