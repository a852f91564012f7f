"""Entities that were read lately, kept in memory for as long as their rows stay as they were."""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Any, TypeVar
from uuid import UUID

from setpiece.library.model import Entity
from setpiece.library.service import entities
from setpiece.workspaces.work import Work

_MOST = 4_096
"""Entities kept by a process, the last used ones; some 5 kB each."""
_kept: OrderedDict[tuple[UUID, UUID], tuple[str, Entity]] = OrderedDict()
_made: OrderedDict[tuple[int, Callable[[Entity], Any]], tuple[Entity, Any]] = OrderedDict()
Made = TypeVar("Made")


async def read_entities(work: Work, ids: Sequence[UUID]) -> dict[UUID, Entity]:
    """Live entities of any kind by id; what is missing is left out.

    The database is asked each time which rows there are and whether they changed; what did not is not read again. Their
    authors' names and the kinds of their offerings may be older than the rows.
    """
    versions = await entities(work).versions(ids)
    found = {
        one: kept[1] for one, version in versions.items() if (kept := _get(work, one)) and kept[0] == version
    }
    if changed := [one for one in versions if one not in found]:
        fresh = await entities(work).by_ids(changed, {})
        for one, entity in fresh.items():
            _kept[work.workspace_id, one] = versions[one], entity
        found |= fresh
    for one in found:
        _kept.move_to_end((work.workspace_id, one))
    while len(_kept) > _MOST:
        _kept.popitem(last=False)
    return found


def made_of(entity: Entity, make: Callable[[Entity], Made]) -> Made:
    """What `make` makes of an entity, made once for as long as it is the same object: whoever reads it again gets that."""
    kept = _made.get((id(entity), make))
    if kept is None or kept[0] is not entity:
        kept = _made[id(entity), make] = entity, make(entity)
    _made.move_to_end((id(entity), make))
    if len(_made) > _MOST:
        _made.popitem(last=False)
    made: Made = kept[1]
    return made


def _get(work: Work, entity_id: UUID) -> tuple[str, Entity] | None:
    return _kept.get((work.workspace_id, entity_id))
