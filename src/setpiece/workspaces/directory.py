"""Workspaces and keys, managed with the database owner's rights."""

import re
from collections.abc import Sequence
from datetime import datetime

import asyncpg

from setpiece.kernel.errors import Conflict, Invalid, NotFound
from setpiece.kernel.ids import new_uuid, parse
from setpiece.storage.database import Database
from setpiece.workspaces.model import (
    ApiKey,
    Member,
    Role,
    Workspace,
    hash_secret,
    hint_of,
    new_secret,
)

_KEYS = """
select k.*, m.first_name, m.last_name, w.name as workspace_name
from api_keys k join members m on m.id = k.member_id join workspaces w on w.id = k.workspace_id
"""


class Directory:
    """All workspaces of this installation; its connection belongs to the owner of the tables."""

    def __init__(self, connection: asyncpg.Connection) -> None:
        self._connection = connection

    async def ensure_workspace(self, name: str, *, domain: str | None = None) -> Workspace:
        """The workspace called `name`, made when it is missing.

        Raises:
            Invalid: the name is empty, longer than 200 characters, or cannot be shown.
        """
        name = _shown("A workspace name", name)
        await self._connection.execute(
            """insert into workspaces (id, name, domain, organization_id, organization_name, organization_slug)
               values ($1, $2, $3, $4, $2, $5) on conflict (name) do nothing""",
            new_uuid(),
            name,
            domain,
            new_uuid(),
            _slug(name),
        )
        return await self.workspace(name)

    async def workspace(self, name: str) -> Workspace:
        """Raises NotFound when there is none of that name."""
        row = await self._connection.fetchrow(
            "select * from workspaces where name = $1", _storable(name.strip())
        )
        if row is None:
            raise NotFound(f"There is no workspace '{name}'; 'setpiece keys create' makes one.")
        return Workspace(row["id"], row["name"], row["read_only"])

    async def workspaces(self) -> Sequence[Workspace]:
        rows = await self._connection.fetch("select * from workspaces order by name")
        return [Workspace(row["id"], row["name"], row["read_only"]) for row in rows]

    async def set_read_only(self, name: str, read_only: bool) -> None:
        await self._connection.execute(
            "update workspaces set read_only = $2 where id = $1", (await self.workspace(name)).id, read_only
        )

    async def ensure_member(self, workspace: Workspace, full_name: str) -> Member:
        """Raises Invalid for a name that `ensure_workspace` would not take either."""
        first, _, last = _shown("The name of a member", full_name).partition(" ")
        row = await self._connection.fetchrow(
            """insert into members (id, workspace_id, first_name, last_name) values ($1, $2, $3, $4)
               on conflict (workspace_id, first_name, last_name) do update set first_name = excluded.first_name
               returning id, first_name, last_name""",
            new_uuid(),
            workspace.id,
            first,
            last,
        )
        return Member(*row)

    async def create_key(self, workspace: Workspace, role: Role, *, name: str, member: Member) -> str:
        """A new key's secret; only its hash is kept, so this is the one time it can be shown.

        Raises:
            Invalid: the name of the key is not one that can be shown.
        """
        name, secret = _shown("The name of a key", name), new_secret()
        await self._connection.execute(
            """insert into api_keys (id, workspace_id, member_id, name, role, key_hash, hint)
               values ($1, $2, $3, $4, $5, $6, $7)""",
            new_uuid(),
            workspace.id,
            member.id,
            name,
            role,
            hash_secret(secret),
            hint_of(secret),
        )
        return secret

    async def keys(self, workspace: Workspace | None = None) -> Sequence[ApiKey]:
        rows = await self._connection.fetch(
            f"{_KEYS} where $1::uuid is null or k.workspace_id = $1 order by k.id",
            workspace.id if workspace else None,
        )
        return [key_from(row) for row in rows]

    async def revoke(self, which: str, at: datetime) -> ApiKey:
        """Revoke by id, hint or secret.

        Raises:
            NotFound: no key is meant by `which`.
            Conflict: it was revoked before.
        """
        row = await self._connection.fetchrow(
            f"{_KEYS} where k.id = $1 or k.hint = $2 or k.key_hash = $3",
            parse(which),
            _storable(which),
            hash_secret(which),
        )
        if row is None:
            raise NotFound(f"There is no key '{which}'; 'setpiece keys list' shows them.")
        if row["revoked_at"] is not None:
            raise Conflict(f"Key {row['hint']} was revoked before.")
        await self._connection.execute("update api_keys set revoked_at = $2 where id = $1", row["id"], at)
        return key_from(row)


async def all_workspaces(owner: Database) -> Sequence[Workspace]:
    """For what is done in each of them; no connection is held meanwhile.

    Raises:
        Unavailable: the database does not answer.
    """
    async with owner.unbound() as connection:
        return await Directory(connection).workspaces()


def key_from(row: asyncpg.Record) -> ApiKey:
    return ApiKey(
        row["id"],
        row["name"],
        Role(row["role"]),
        row["hint"],
        Member(row["member_id"], row["first_name"], row["last_name"]),
        row["workspace_name"],
        row["created_at"],
        row["last_used_at"],
        row["revoked_at"],
    )


def _storable(argument: str) -> str:
    """What was typed, without the bytes that are no text: no name or key has any."""
    return argument.encode("utf-8", "replace").decode("utf-8")


def _shown(what: str, name: str) -> str:
    """The name without blanks around it; it is printed on terminals and in lists, so it has to be one printable line."""
    name = name.strip()
    if not 1 <= len(name) <= 200:
        raise Invalid(f"{what} has 1 to 200 characters.")
    if not name.isprintable():
        raise Invalid(f"{what} is one line of characters that can be printed.")
    return name


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "workspace"
