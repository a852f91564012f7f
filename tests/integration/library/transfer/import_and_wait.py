"""Run by a test as a process of its own: begins an import, tells how far it is, and never ends it.

Arguments: the address of the database and a key. Each line of output is the number of entities written so far.
"""

import asyncio
import sys

from setpiece.kernel.clock import now
from setpiece.library.repository import EntityRepository
from setpiece.library.transfer.apply import apply_import
from setpiece.library.transfer.check import check
from setpiece.library.transfer.plan import plan_import
from setpiece.storage.database import open_database
from setpiece.workspaces.authentication import Authenticator
from setpiece.workspaces.work import Work

LIBRARY = {
    "setpiece": 1,
    "personas": [{"name": f"Persona {number}", "offerings": "all"} for number in range(3000)],
}


class TellingRepository(EntityRepository):
    """Says after each statement how many rows the transaction has."""

    async def insert(self, stored):
        await super().insert(stored)
        written = await self._connection.fetchval("select count(*) from entities")
        sys.stdout.write(f"{written}\n")
        sys.stdout.flush()


async def run(dsn: str, secret: str) -> None:
    database = await open_database(dsn)
    principal = await Authenticator(database, now).authenticate(secret)
    async with database.transaction(principal.workspace.id) as scope:
        work = Work(scope, principal.member, now())
        await apply_import(work, await plan_import(work, check([("", LIBRARY)])))
        await asyncio.sleep(60)  # killed long before


if __name__ == "__main__":
    import setpiece.library.transfer.apply as applying

    applying.entities = lambda work: TellingRepository(work.scope, applying.KIND_BY_NAME)
    asyncio.run(run(*sys.argv[1:]))
