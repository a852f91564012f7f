"""Both ways between entities and the keys by which files name them. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from setpiece.library.transfer.keys import made_unique, slug
from setpiece.library.transfer.repository import Heading

Named = tuple[str, str]
"""A kind and a key."""


def shown_keys(headings: Iterable[Heading], known: Mapping[UUID, str] | None = None) -> dict[UUID, Named]:
    """The kind and key of each entity: the key in `known`, its own, or one made from its name.

    Made keys are unique within the kind and depend on nothing but the library: the oldest is numbered first.
    """
    known = known or {}
    named: dict[UUID, Named] = {}
    taken: dict[str, set[str]] = defaultdict(set)
    keyless = []
    for heading in headings:
        key = known.get(heading.id) or heading.key
        if key is None:
            keyless.append(heading)
        else:
            named[heading.id] = (heading.kind, key)
            taken[heading.kind].add(key)
    for heading in keyless:
        key = made_unique(slug(heading.name, heading.kind), taken[heading.kind])
        named[heading.id] = (heading.kind, key)
        taken[heading.kind].add(key)
    return named


class Names:
    """Looks entities up by key, and keys up by entity.

    A product and a service may have the same key; then the kind stands before it, as in `service/onboarding`.
    """

    def __init__(self, named: Mapping[UUID, Named]) -> None:
        self._named = named
        self._id_by_named = {one: entity_id for entity_id, one in named.items()}

    def find(self, kinds: Sequence[str], key: str) -> UUID | None:
        """The entity of one of `kinds` with that key.

        Raises:
            ValueError: two kinds have it; the message says how to tell them apart.
        """
        before, _, bare = key.rpartition("/")
        asked = [kind for kind in kinds if before in ("", kind)]
        found = [(kind, bare) for kind in asked if (kind, bare) in self._id_by_named]
        if len(found) > 1:
            raise ValueError(f"is ambiguous; write {' or '.join(f'{kind}/{bare}' for kind, _ in found)}")
        return self._id_by_named[found[0]] if found else None

    def show(self, kinds: Sequence[str], entity_id: UUID) -> str | None:
        """How a field that may name `kinds` names the entity; None when it is of no such kind, or gone."""
        kind, key = self._named.get(entity_id, ("", ""))
        if kind not in kinds:
            return None
        twice = sum((one, key) in self._id_by_named for one in kinds) > 1
        return f"{kind}/{key}" if twice else key
