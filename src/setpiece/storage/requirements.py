"""What a PostgreSQL server must offer, each lack said in one plain sentence."""

from collections.abc import Mapping
from typing import Any

import asyncpg

from setpiece.storage.refusals import REFUSALS, no_connection

OLDEST_MAJOR = 15
EXTENSIONS = {"vector": "pgvector 0.7 or newer"}
_OLDEST_VECTOR = (0, 7)  # the first with halfvec

_FACTS = """
select current_setting('server_version_num')::int / 10000 as major,
       current_user as "user",
       (select rolsuper from pg_roles where rolname = current_user) as is_superuser,
       (select rolcreaterole from pg_roles where rolname = current_user) as may_create_roles,
       has_database_privilege(current_database(), 'create') as may_create,
       current_database() as database,
       (select array_agg(name::text) from pg_available_extensions) as available,
       (select array_agg(extname::text) from pg_extension) as installed,
       (select default_version from pg_available_extensions where name = 'vector') as vector_offered,
       (select extversion from pg_extension where extname = 'vector') as vector_installed,
       has_schema_privilege('public', 'create') as may_create_tables,
       (select pg_has_role(current_user, oid, privilege) from pg_roles where rolname = 'setpiece_app') as has_app_role,
       (select pg_has_role(current_user, oid, 'member with admin option') from pg_roles
        where rolname = 'setpiece_app') as may_grant_app_role
-- From 16 on, who makes a role is its member without the right to act as it.
from (select case when current_setting('server_version_num')::int < 160000 then 'member' else 'set' end) _ (privilege)
"""


async def missing_requirements(dsn: str) -> list[str]:
    """One sentence for each thing the server at `dsn` lacks; empty when it will do.

    Raises:
        Unavailable: nothing answers there, or the user is refused.
    """
    try:
        connection = await asyncpg.connect(dsn, timeout=15)
    except REFUSALS as refused:
        raise no_connection(dsn, refused) from refused
    try:
        facts = await connection.fetchrow(_FACTS)
        assert facts is not None
        return [*lacks(facts), *await _refused_extensions(connection, facts)]
    finally:
        await connection.close()


async def _refused_extensions(connection: asyncpg.Connection, facts: Mapping[str, Any]) -> list[str]:
    """The extensions that this user may not install, found by trying: what may be depends on the provider."""
    there, installed = set(facts["available"] or ()), set(facts["installed"] or ())
    refused = []
    for name in sorted((there & EXTENSIONS.keys()) - installed) if facts["may_create"] else ():
        attempt = connection.transaction()
        await attempt.start()
        try:
            await connection.execute(f"create extension if not exists {name}")
        except asyncpg.InsufficientPrivilegeError:
            refused.append(
                f"User {facts['user']} may not install {name}: run CREATE EXTENSION {name}; "
                f"in database {facts['database']} as an administrator."
            )
        except asyncpg.UniqueViolationError:
            pass  # another process installed it meanwhile
        finally:
            await attempt.rollback()
    return refused


def lacks(facts: Mapping[str, Any]) -> list[str]:
    """One sentence for each lack that the facts show."""
    return [*_version(facts), *_extensions(facts), *_old_vector(facts), *_rights(facts), *_roles(facts)]


def _version(facts: Mapping[str, Any]) -> list[str]:
    if facts["major"] >= OLDEST_MAJOR:
        return []
    return [f"PostgreSQL {facts['major']} is too old: Setpiece needs {OLDEST_MAJOR} or newer."]


def _extensions(facts: Mapping[str, Any]) -> list[str]:
    available, installed = set(facts["available"] or ()), set(facts["installed"] or ())
    return [
        f"The server has no {needed}: install it there."
        for name, needed in EXTENSIONS.items()
        if name not in available | installed
    ]


def _old_vector(facts: Mapping[str, Any]) -> list[str]:
    """Systems ship versions years old; and an extension once made stays at its version when the server's moves on."""
    offered, installed = facts["vector_offered"], facts["vector_installed"]
    if not _is_old(installed or offered):
        return []
    if _is_old(offered):
        return [f"The server has pgvector {offered}: Setpiece needs 0.7 or newer, install that there."]
    told = f"Database {facts['database']} has pgvector {installed}: run ALTER EXTENSION vector UPDATE; there"
    return [f"{told} as an administrator."]


def _is_old(version: str | None) -> bool:
    """Whether pgvector's version, such as 0.8.1, is too old; a missing one is not this question's."""
    numbers = (version or "").split(".")[:2]
    return all(one.isdigit() for one in numbers) and tuple(map(int, numbers)) < _OLDEST_VECTOR


def _rights(facts: Mapping[str, Any]) -> list[str]:
    user, database = facts["user"], facts["database"]
    lacking = []
    if not facts["may_create"] and EXTENSIONS.keys() - set(facts["installed"] or ()):
        lacking.append(
            f"User {user} may not create extensions in database {database}: grant it CREATE there."
        )
    if not facts["may_create_tables"]:
        lacking.append(
            f"User {user} may not create tables in database {database}: "
            f'run GRANT CREATE ON SCHEMA public TO "{user}"; there as an administrator.'
        )
    return lacking


def _roles(facts: Mapping[str, Any]) -> list[str]:
    """The role `setpiece_app` belongs to the whole server: made here, or granted by whoever made it."""
    makes_it = facts["has_app_role"] is None and facts["may_create_roles"]
    if facts["is_superuser"] or facts["has_app_role"] or facts["may_grant_app_role"] or makes_it:
        return []
    make = "CREATE ROLE setpiece_app NOLOGIN; " if facts["has_app_role"] is None else ""
    return [
        (
            f"User {facts['user']} may not act as the role setpiece_app: run {make}"
            f'GRANT setpiece_app TO "{facts["user"]}"; as an administrator.'
        )
    ]
