"""What doctor asks of any PostgreSQL, embedded or not: are the extensions there, and do they run."""

from dataclasses import dataclass

import asyncpg

REQUIRED = {
    "vector": "SELECT '[1,2,3]'::vector <-> '[3,2,1]'",
}
"""Extension, and a statement that makes it work: some builds of pgvector start and then meet an instruction that an
old processor lacks."""


@dataclass(frozen=True)
class ExtensionCheck:
    """What was found about one extension."""

    name: str
    works: bool
    explanation: str
    """One sentence for a reader; the version when it works."""


async def check_extensions(dsn: str) -> tuple[ExtensionCheck, ...]:
    """Try each required extension in a transaction that is rolled back.

    An extension that crashes its server process makes PostgreSQL drop every session once; that is reported, not raised.

    Raises:
        OSError, asyncpg.PostgresError: nobody answers at `dsn`, or it refuses the login.
    """
    return tuple([await _check(dsn, name, statement) for name, statement in REQUIRED.items()])


async def _check(dsn: str, name: str, statement: str) -> ExtensionCheck:
    connection = await asyncpg.connect(dsn)
    try:
        return ExtensionCheck(name, True, f"{name} {await _try_out(connection, name, statement)}")
    except (asyncpg.PostgresConnectionError, ConnectionError):
        why = f"The server process ended while it ran {name}: this build does not run on that processor."
    except (asyncpg.UndefinedFileError, asyncpg.FeatureNotSupportedError):
        why = f"The extension {name} is not installed on the PostgreSQL server."
    except asyncpg.InsufficientPrivilegeError:
        why = f"The extension {name} is not there yet: have an administrator run CREATE EXTENSION {name}."
    finally:
        connection.terminate()
    return ExtensionCheck(name, False, why)


async def _try_out(connection: asyncpg.Connection, name: str, statement: str) -> str:
    """Gives the extension's version. The transaction is never committed: the session ends first."""
    await connection.execute("BEGIN")
    await connection.execute(f'CREATE EXTENSION IF NOT EXISTS "{name}"')
    await connection.fetch(statement)
    return str(await connection.fetchval("SELECT extversion FROM pg_extension WHERE extname = $1", name))
