"""What generated entities were made from; for one workspace. Beside the entities, so that a list stays small."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from setpiece.storage.database import Scope
from setpiece.storage.json import as_json


class GenerationRepository:
    """The sources of generated entities. `EntityRepository.get` reads them."""

    def __init__(self, scope: Scope) -> None:
        self._connection = scope.connection
        self._workspace_id = scope.workspace_id

    async def insert(self, metadata_by_id: Mapping[UUID, Mapping[str, Any]]) -> None:
        """Keep them, in the transaction that makes the entities."""
        await self._connection.executemany(
            "insert into generations (workspace_id, entity_id, metadata) values ($1, $2, $3)",
            [(self._workspace_id, one, as_json(metadata)) for one, metadata in metadata_by_id.items()],
        )
