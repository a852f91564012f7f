"""`revision/list` and `revision/get`. The list has no `_metadata`: its clients know it so."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, Field

from setpiece.api.gtm.answers import INSTANT, INTEGER, array, obj, string, wrapped
from setpiece.api.gtm.envelope import data
from setpiece.api.operation import Call, Operation
from setpiece.kernel.clock import show_instant
from setpiece.kernel.errors import NotFound
from setpiece.kernel.ids import parse, show
from setpiece.kernel.pages import Window
from setpiece.library.revisions import REVISION_PREFIX, Revision, RevisionFilter, RevisionRepository
from setpiece.library.schemas import OId
from setpiece.library.service import KIND_BY_NAME
from setpiece.workspaces.model import MEMBER_PREFIX, Permission

_PREFIX_BY_TITLE = {kind.title: kind.prefix for kind in KIND_BY_NAME.values()}
# Types of the contract that this release keeps no revisions of: asking for them finds none.
_NOT_KEPT = (
    "Solution", "ContentAgent", "Hypothesis", "WorkspaceCompany", "WritingStyle", "BrandVoice",
    "ChainedAgentWorkflow", "SmartExample",
)  # fmt: skip
_TYPES = (*_PREFIX_BY_TITLE, *_NOT_KEPT)


def _known_type(name: str) -> str:
    if name not in _TYPES:
        raise ValueError(f"must be one of {', '.join(_TYPES)}")
    return name


def _in_utc(instant: datetime) -> datetime:
    """A date without a zone is read as UTC; at the ends of the calendar a zone can lead beyond them."""
    try:
        return instant.astimezone(UTC) if instant.tzinfo else instant.replace(tzinfo=UTC)
    except OverflowError:
        raise ValueError("must lie between the years 1 and 9999 in UTC") from None


Instant = Annotated[datetime, AfterValidator(_in_utc)]
EntityType = Annotated[str, AfterValidator(_known_type), Field(json_schema_extra={"enum": list(_TYPES)})]


class RevisionListQuery(BaseModel):
    entityTypes: list[EntityType] | None = Field(None, description="Only these types")
    entityOIds: list[OId] | None = Field(None, max_length=20, description="Only these records")
    startDate: Instant | None = Field(None, description="Not before")
    endDate: Instant | None = Field(None, description="Not after")
    authorOId: OId | None = Field(None, description="Only changes by this member")
    includeRestored: bool = Field(False, description="Nothing is restored here yet, so this changes nothing")
    limit: int = Field(25, ge=1, le=100)
    offset: int = Field(0, ge=0, le=10_000_000)


class RevisionQuery(BaseModel):
    revisionOId: OId = Field(description="Its id")
    diffOnly: bool = Field(False, description="Leave out everything but the diff")


_REVISION = obj(
    "*",
    revisionOId=string("ev_0AbCdEfGhIjKlMnOpQrStU"),
    summary=string("Updated Persona 'VP of Sales': painPoints"),
    entityName=string("VP of Sales"),
    entityOId=string("pe_0AbCdEfGhIjKlMnOpQrStU"),
    createdAt=INSTANT,
    authorName=string("Owner"),
)


def operations() -> Iterator[Operation]:
    yield Operation(
        "GET",
        "/api/v2/revision/list",
        list_revisions,
        Permission.READ,
        "List changes, newest first",
        "Revisions",
        answer=obj(
            "*", data=obj("*", revisions=array(_REVISION), total=INTEGER, limit=INTEGER, offset=INTEGER)
        ),
        query=RevisionListQuery,
    )
    yield Operation(
        "GET",
        "/api/v2/revision/get",
        get_revision,
        Permission.READ,
        "Get one change with its diff",
        "Revisions",
        answer=wrapped({"type": "object"}),
        query=RevisionQuery,
    )


async def list_revisions(call: Call[RevisionListQuery, None]) -> dict[str, Any]:
    query = call.query
    wanted = RevisionFilter(
        kinds=query.entityTypes,
        entity_ids=[one for oid in query.entityOIds if (one := parse(oid))] if query.entityOIds else None,
        since=query.startDate,
        until=query.endDate,
        author_id=(parse(query.authorOId) or parse("0" * 22)) if query.authorOId else None,
    )
    async with call.bound() as work:
        page = await RevisionRepository(work.scope).page(wanted, Window(query.limit, query.offset))
    return {
        "data": {
            "revisions": [_shown(one) for one in page.items],
            "total": page.total,
            "limit": query.limit,
            "offset": query.offset,
        }
    }


async def get_revision(call: Call[RevisionQuery, None]) -> dict[str, Any]:
    revision_id = parse(call.query.revisionOId)
    async with call.bound() as work:
        found = await RevisionRepository(work.scope).get(revision_id) if revision_id else None
    if found is None:
        raise NotFound(f"There is no revision '{call.query.revisionOId[:64]}' in this workspace.")
    diff = {"diff": found.diff}
    return data(
        call,
        diff
        if call.query.diffOnly
        else _shown(found) | {"authorOId": show(MEMBER_PREFIX, found.author.id)} | diff,
    )


def _shown(revision: Revision) -> dict[str, Any]:
    prefix = _PREFIX_BY_TITLE.get(revision.entity_kind, "x")
    return {
        "revisionOId": show(REVISION_PREFIX, revision.id),
        "summary": revision.summary,
        "entityName": revision.entity_name,
        "entityOId": show(prefix, revision.entity_id),
        "createdAt": show_instant(revision.created_at),
        "authorName": revision.author.full_name,
    }
