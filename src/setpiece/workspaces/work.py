"""The unit of work: what a use case needs to know of the request it serves."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from setpiece.storage.database import Scope
from setpiece.workspaces.model import Member

if TYPE_CHECKING:
    from asyncpg.pool import PoolConnectionProxy


@dataclass(frozen=True, slots=True)
class Work:
    """Access to one workspace's rows, who acts, and when. The edge that made it also commits it.

    Attributes:
        key_id: The key that was used; None for what no key was used for.
        request_id: The request that is served, if one is.
    """

    scope: Scope
    author: Member
    at: datetime
    key_id: UUID | None = None
    request_id: str | None = None

    @property
    def workspace_id(self) -> UUID:
        return self.scope.workspace_id

    @property
    def connection(self) -> "PoolConnectionProxy[Any]":
        return self.scope.connection


OpenWork = Callable[[], AbstractAsyncContextManager[Work]]
"""Opens work in one workspace, as often as asked: who waits for something slow holds no connection meanwhile."""
