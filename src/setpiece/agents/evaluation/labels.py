"""How cases and reports call what is chosen. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from setpiece.kernel.ids import show
from setpiece.library.model import Entity
from setpiece.library.service import KIND_BY_NAME
from setpiece.matching.model import Kind

CHOSEN_AS = {
    "product": Kind.OFFERING,
    "service": Kind.OFFERING,
    "playbook": Kind.PLAYBOOK,
    "persona": Kind.PERSONA,
    "segment": Kind.SEGMENT,
}
"""What each kind of the library is when it is chosen."""


@dataclass(frozen=True, slots=True)
class Labels:
    """`by_id` names each candidate once; `ids` finds it by kind and any of its labels."""

    by_id: Mapping[str, str]
    ids: Mapping[tuple[str, str], str]


def label(several: Iterable[Entity]) -> Labels:
    """A key goes before an oId, that before a name; of two with one name the older is meant."""
    entities = sorted((one for one in several if one.kind in CHOSEN_AS), key=lambda one: one.id)
    by_id: dict[str, str] = {}
    ids: dict[tuple[str, str], str] = {}
    for told in (_key, _oid, _name):
        for one in entities:
            if called := told(one):
                ids.setdefault((CHOSEN_AS[one.kind], called), str(one.id))
                by_id.setdefault(str(one.id), called)
    return Labels(by_id, ids)


def _key(one: Entity) -> str | None:
    return one.key


def _oid(one: Entity) -> str:
    return show(KIND_BY_NAME[one.kind].prefix, one.id)


def _name(one: Entity) -> str:
    return one.name
