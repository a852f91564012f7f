"""The endpoints of one workspace."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import asyncpg

from setpiece.events.model import FORMER_SECRET_FOR, Endpoint
from setpiece.storage.database import Scope

_COLUMNS = "id, url, description, wanted, secret, former_secret, former_until, disabled_because, created_at, updated_at"


class EndpointRepository:
    """Made from a scope bound to the endpoints' workspace."""

    def __init__(self, scope: Scope) -> None:
        self._connection = scope.connection
        self._workspace_id = scope.workspace_id

    async def insert(self, endpoint: Endpoint, author_id: UUID) -> None:
        await self._connection.execute(
            """insert into webhook_endpoints
                   (id, workspace_id, url, description, wanted, secret, created_by, created_at, updated_at)
               values ($1, $2, $3, $4, $5, $6, $7, $8, $8)""",
            endpoint.id, self._workspace_id, endpoint.url, endpoint.description, list(endpoint.wanted), endpoint.secret,
            author_id, endpoint.created_at,
        )  # fmt: skip

    async def all(self) -> Sequence[Endpoint]:
        """Oldest first; their number is bounded."""
        rows = await self._connection.fetch(
            f"select {_COLUMNS} from webhook_endpoints where workspace_id = $1 order by id",
            self._workspace_id,
        )
        return [Endpoint(**row) for row in rows]

    async def count_locked(self) -> int:
        """How many there are, with others kept from making one until the transaction ends."""
        await self._connection.execute(
            "select pg_advisory_xact_lock(hashtextextended('webhook_endpoints:' || $1, 0))",
            str(self._workspace_id),
        )
        found: int = await self._connection.fetchval(
            "select count(*) from webhook_endpoints where workspace_id = $1", self._workspace_id
        )
        return found

    async def find(self, endpoint_id: UUID) -> Endpoint | None:
        row = await self._connection.fetchrow(
            f"select {_COLUMNS} from webhook_endpoints where workspace_id = $1 and id = $2",
            self._workspace_id,
            endpoint_id,
        )
        return _endpoint(row)

    async def update(self, endpoint: Endpoint, at: datetime) -> Endpoint | None:
        """All that a person can change of it but the secret; None when it is gone."""
        row = await self._connection.fetchrow(
            f"""update webhook_endpoints set url = $3, description = $4, wanted = $5, disabled_because = $6, updated_at = $7
                where workspace_id = $1 and id = $2 returning {_COLUMNS}""",
            self._workspace_id, endpoint.id, endpoint.url, endpoint.description, list(endpoint.wanted),
            endpoint.disabled_because, at,
        )  # fmt: skip
        return _endpoint(row)

    async def rotate(self, endpoint_id: UUID, secret: str, at: datetime) -> Endpoint | None:
        """A new secret; the one before it signs too, for a day. None when the endpoint is gone."""
        row = await self._connection.fetchrow(
            f"""update webhook_endpoints set secret = $3, former_secret = secret, former_until = $4, updated_at = $5
                where workspace_id = $1 and id = $2 returning {_COLUMNS}""",
            self._workspace_id,
            endpoint_id,
            secret,
            at + FORMER_SECRET_FOR,
            at,
        )
        return _endpoint(row)

    async def disable(self, endpoint_id: UUID, because: str) -> None:
        await self._connection.execute(
            "update webhook_endpoints set disabled_because = $3 where workspace_id = $1 and id = $2",
            self._workspace_id,
            endpoint_id,
            because,
        )

    async def delete(self, endpoint_id: UUID) -> bool:
        """Its deliveries go with it."""
        done = await self._connection.execute(
            "delete from webhook_endpoints where workspace_id = $1 and id = $2",
            self._workspace_id,
            endpoint_id,
        )
        return bool(done.endswith(" 1"))


def _endpoint(row: asyncpg.Record | None) -> Endpoint | None:
    return Endpoint(**row) if row else None
