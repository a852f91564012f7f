"""Brings stored retrieval terms up to date after a release that reads titles or words in another way.

Terms are made when an entity is written. A release that knows more titles asks for terms that nothing has which was
written before it, so a worker reads such libraries again. It only adds: a term of an older reading brings in a candidate
more to be compared, never one less, and goes when its entity does.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from hashlib import sha256
from pathlib import Path
from uuid import UUID

import structlog

from setpiece.jobs.model import Chore
from setpiece.library import retrieval
from setpiece.library.catalog import KINDS
from setpiece.library.repository import EntityRepository
from setpiece.library.retrieval import terms_of
from setpiece.library.service import KIND_BY_NAME
from setpiece.storage.database import Database, Scope
from setpiece.workspaces.directory import all_workspaces

log = structlog.get_logger(__name__)

_EVERY_HOUR = "29 * * * *"  # any minute at which nothing else runs
_AT_ONCE = 500
"""Entities read in one transaction: some 30,000 terms, which take about a second, while their writers wait."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """What libraries are read again with: `owner` sees which workspaces there are, `tenants` is bound to one."""

    tenants: Database
    owner: Database


def chores(shelf: Shelf) -> list[Chore]:
    return [Chore("retrieval_terms", _EVERY_HOUR, partial(renew_terms, shelf))]


@lru_cache(maxsize=1)
def current_reading() -> str:
    """Names how this release makes terms: the same as long as neither the word lists nor the code that reads them change."""
    titles = Path(retrieval.__file__).parent / "titles"
    sources = [Path(retrieval.__file__), *sorted(titles.rglob("*.py")), *sorted(titles.rglob("*.txt"))]
    digest = sha256()
    for source in sources:
        digest.update(source.read_bytes())
    return digest.hexdigest()[:16]


async def renew_terms(shelf: Shelf) -> None:
    """One round over all workspaces that another reading filled. It may be cut short anywhere: the next one begins again.

    Raises:
        Unavailable: the database does not answer.
    """
    for workspace in await all_workspaces(shelf.owner):
        async with shelf.tenants.bound(workspace.id) as scope:
            is_current = await _reading_of(scope) == current_reading()
        if not is_current:
            await renew_in(shelf.tenants, workspace.id)


async def renew_in(tenants: Database, workspace_id: UUID) -> None:
    """Add what is missing in one workspace, some entities at a time."""
    last, added = UUID(int=0), 0
    while True:
        async with tenants.transaction(workspace_id) as scope:
            ids = await _lock_next(scope, last)
            if not ids:
                await _note_reading(scope)
                break
            added += await _add_terms(scope, ids)
        last = ids[-1]
    log.info("terms_renewed", workspace_id=str(workspace_id), added=added)


async def _reading_of(scope: Scope) -> str | None:
    found: str | None = await scope.connection.fetchval(
        "select reading from term_readings where workspace_id = $1", scope.workspace_id
    )
    return found


async def _note_reading(scope: Scope) -> None:
    await scope.connection.execute(
        "insert into term_readings values ($1, $2) on conflict (workspace_id) do update set reading = excluded.reading",
        scope.workspace_id,
        current_reading(),
    )


async def _lock_next(scope: Scope, last: UUID) -> Sequence[UUID]:
    """The next live entities, which nobody changes or deletes until this transaction ends."""
    rows = await scope.connection.fetch(
        "select id from entities where workspace_id = $1 and kind = any($2) and id > $3 and deleted_at is null "
        "order by id limit $4 for share",
        scope.workspace_id,
        [kind.name for kind in KINDS],
        last,
        _AT_ONCE,
    )
    return [row["id"] for row in rows]


async def _add_terms(scope: Scope, ids: Sequence[UUID]) -> int:
    """How many terms were missing."""
    found = await EntityRepository(scope, KIND_BY_NAME).by_ids(ids)
    terms = [
        (entity.kind, term, entity.id)
        for entity in found.values()
        for term in terms_of(KIND_BY_NAME[entity.kind], entity)
    ]
    kinds, names, of = zip(*terms, strict=True) if terms else ((), (), ())
    added: int = await scope.connection.fetchval(
        """with added as (
            insert into match_terms select $1, t.kind, t.term, t.entity_id
            from unnest($2::text[], $3::text[], $4::uuid[]) t(kind, term, entity_id)
            on conflict do nothing returning 1
        ) select count(*) from added""",
        scope.workspace_id,
        list(kinds),
        list(names),
        list(of),
    )
    return added
