"""What lint asks of the database beside what every reader of a whole library asks."""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from setpiece.library.playbooks.model import LinkRole
from setpiece.storage.database import Scope


class GoneRepository:
    """Deleted entities of one workspace."""

    def __init__(self, scope: Scope) -> None:
        self._connection = scope.connection
        self._workspace_id = scope.workspace_id

    async def names(self, ids: Sequence[UUID]) -> dict[UUID, str]:
        """The names of those among `ids` that were deleted."""
        rows = await self._connection.fetch(
            "select id, name from entities where workspace_id = $1 and id = any($2) and deleted_at is not null",
            self._workspace_id,
            list(ids),
        )
        return {row["id"]: row["name"] for row in rows}

    async def links(self) -> dict[UUID, dict[LinkRole, tuple[UUID, ...]]]:
        """What playbooks still link to although it was deleted; other readers leave it out."""
        rows = await self._connection.fetch(
            """select l.playbook_id, l.role, array_agg(l.entity_id order by l.position) as ids
               from playbook_links l join entities e on e.id = l.entity_id
               where l.workspace_id = $1 and e.workspace_id = $1 and e.deleted_at is not null group by 1, 2""",
            self._workspace_id,
        )
        found: dict[UUID, dict[LinkRole, tuple[UUID, ...]]] = defaultdict(dict)
        for row in rows:
            found[row["playbook_id"]][LinkRole(row["role"])] = tuple(row["ids"])
        return found
