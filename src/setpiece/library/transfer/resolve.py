"""From the keys that an entry names to the entities they stand for. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from setpiece.library.transfer.document import Entry
from setpiece.library.transfer.links import ALL, LinkField, link_fields
from setpiece.library.transfer.names import Named, Names
from setpiece.library.transfer.problems import Problems


@dataclass(frozen=True, slots=True)
class Resolver:
    """Looks the links of entries up; what cannot be found becomes a problem."""

    names: Names
    unsound: frozenset[Named]
    """Entries with problems of their own: a link to one is no further problem."""
    doomed: frozenset[UUID]
    """Entities that the import deletes."""
    problems: Problems

    def targets(self, entry: Entry) -> dict[str, tuple[UUID, ...]]:
        """The ids that each link field names, once each."""
        return {
            link.name: tuple(self._found(entry, link, _keys(entry.links.get(link.name, ()))))
            for link in link_fields(entry.kind)
        }

    def _found(self, entry: Entry, link: LinkField, keys: Sequence[str]) -> Iterable[UUID]:
        for key in dict.fromkeys(keys):
            try:
                found = self.names.find(link.kinds, key)
            except ValueError as wrong:
                self.problems.add(entry.place, f"'{link.name}': '{key[:100]}' {wrong}")
                continue
            if found is not None and found not in self.doomed:
                yield found
            elif not any((kind, key) in self.unsound for kind in link.kinds):
                self.problems.add(
                    entry.place, f"'{link.name}': there is no {link.wanted} with the key '{key[:100]}'"
                )


def _keys(said: str | Sequence[str]) -> Sequence[str]:
    if said == ALL:
        return ()
    return (said,) if isinstance(said, str) else said
