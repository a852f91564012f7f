"""What the pool makes of what PostgreSQL says."""

import asyncio
from typing import Any
from uuid import uuid4

import asyncpg

from setpiece.kernel.errors import Unavailable
from setpiece.storage.database import open_database


async def test_of_two_that_wait_for_each_other_one_is_told_to_try_again_and_the_other_goes_on(dsn: str):
    database = await open_database(dsn, max_size=2, role=None)
    both_hold = asyncio.Barrier(2)

    async def cross(first: int, second: int) -> None:
        async with database.transaction(uuid4()) as scope:
            await scope.connection.execute("select pg_advisory_xact_lock($1)", first)
            await both_hold.wait()
            await scope.connection.execute("select pg_advisory_xact_lock($1)", second)

    told = await asyncio.gather(cross(101, 102), cross(102, 101), return_exceptions=True)
    await database.aclose()
    (refused,) = [one for one in told if one is not None]
    assert isinstance(refused, Unavailable)
    assert refused.code == "database_busy"


_WITHOUT_INDEX = """
select con.conrelid::regclass::text || '.' || a.attname from pg_constraint con
join pg_attribute a on a.attrelid = con.conrelid and a.attnum = con.conkey[1]
where con.contype = 'f' and array_length(con.conkey, 1) = 1 and con.confrelid <> 'workspaces'::regclass
  and con.conrelid::regclass::text like 'program%' and not exists (
    select from pg_index i where i.indrelid = con.conrelid and i.indkey[0] = con.conkey[1]
      and (i.indpred is null or pg_get_expr(i.indpred, i.indrelid) = '(' || a.attname || ' IS NOT NULL)'))
"""


async def test_what_refers_to_a_row_of_a_program_is_found_by_index_when_that_is_deleted(
    dsn: str, services: Any
):
    connection = await asyncpg.connect(dsn)
    found = await connection.fetch(_WITHOUT_INDEX)
    await connection.close()
    assert [row[0] for row in found] == []
