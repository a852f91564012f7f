"""Looks for something in every row of every table and in every blob. What tables there are, the database says."""

import zlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import asyncpg


async def tables(owner: asyncpg.Connection) -> list[str]:
    rows = await owner.fetch(
        """select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
           where c.relkind in ('r', 'p', 'm') and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')
           order by 1"""
    )
    return [row["name"] for row in rows]


async def tables_with(owner: asyncpg.Connection, *needles: str) -> dict[str, set[str]]:
    """For each needle the tables in which it stands: in a text, in JSON, in an id, in bytes, or in bytes that are compressed."""
    found: dict[str, set[str]] = {needle: set() for needle in needles}
    for table in await tables(owner):
        for row in await owner.fetch(f"select * from {table}"):
            text = "\n".join(_texts(row.values())).lower()
            for needle in needles:
                if needle.lower() in text:
                    found[needle].add(table)
    return found


def _texts(values: Iterable[Any]) -> Iterable[str]:
    for value in values:
        if isinstance(value, bytes):
            yield value.hex()
            yield value.decode("utf-8", "replace")
            try:
                yield zlib.decompress(value).decode("utf-8", "replace")
            except zlib.error:
                continue
        elif isinstance(value, list):
            yield from _texts(value)
        else:
            yield str(value)


def blobs_with(folder: Path, *needles: bytes) -> list[Path]:
    return [
        path
        for path in folder.rglob("*")
        if path.is_file() and any(needle in path.read_bytes() for needle in needles)
    ]
