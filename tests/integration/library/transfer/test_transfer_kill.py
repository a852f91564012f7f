"""A process that is killed in the middle of an import leaves nothing of it."""

import asyncio
import signal
import sys
from pathlib import Path

from import_and_wait import LIBRARY

from setpiece.library.transfer.apply import apply_import
from setpiece.library.transfer.check import check
from setpiece.library.transfer.plan import plan_import
from setpiece.workspaces.work import Work

SCRIPT = Path(__file__).with_name("import_and_wait.py")
_COUNTED = "select coalesce(sum(value), 0)::int from counters where name like 'entities:%'"
_ROWS = "select (select count(*) from entities) + (select count(*) from match_terms) + (select count(*) from revisions)"


async def killed_import(dsn: str, secret: str) -> int:
    """How many entities the import had written when it was killed."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, str(SCRIPT), dsn, secret, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    written = int(await process.stdout.readline())
    process.kill()
    await process.communicate()
    assert process.returncode == -signal.SIGKILL
    return written


async def rows_and_count(work: Work) -> tuple[int, int]:
    return await work.connection.fetchval(_ROWS), await work.connection.fetchval(_COUNTED)


async def test_nothing_of_a_killed_import_is_there_and_the_next_one_succeeds(dsn, opened, tenant):
    written = await killed_import(dsn, tenant.secret)
    assert 0 < written < len(LIBRARY["personas"])
    async with opened(tenant) as work:
        # Planning waits until the database has noticed that the other import is gone.
        plan = await plan_import(work, check([("", LIBRARY)]))
        assert await rows_and_count(work) == (0, 0)
        await apply_import(work, plan)
    async with opened(tenant) as work:
        rows, counted = await rows_and_count(work)
        assert counted == await work.connection.fetchval("select count(*) from entities") == 3000
        assert rows > counted
