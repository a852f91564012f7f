"""What a workspace can learn about itself."""

from dataclasses import dataclass
from uuid import UUID

from setpiece.kernel.pages import Page, Window
from setpiece.workspaces.directory import key_from
from setpiece.workspaces.model import ApiKey
from setpiece.workspaces.work import Work


@dataclass(frozen=True, slots=True)
class WorkspaceDescription:
    id: UUID
    name: str
    domain: str | None
    organization_id: UUID
    organization_name: str
    organization_slug: str
    credits_used: int


async def describe_workspace(work: Work) -> WorkspaceDescription:
    """The workspace of the key in use, with the credits counted so far."""
    row = await work.connection.fetchrow(
        """select w.id, w.name, w.domain, w.organization_id, w.organization_name, w.organization_slug,
                  (select coalesce(sum(value), 0)::bigint from counters
                   where workspace_id = $1 and name = 'credits') as credits_used
           from workspaces w where w.id = $1""",
        work.workspace_id,
    )
    return WorkspaceDescription(*row)


async def list_keys(work: Work, window: Window, *, none: bool = False) -> Page[ApiKey]:
    """The keys that are not revoked, oldest first; with `none`, an empty page."""
    rows = await work.connection.fetch(
        """select k.*, m.first_name, m.last_name, w.name as workspace_name
           from api_keys k join members m on m.id = k.member_id join workspaces w on w.id = k.workspace_id
           where k.workspace_id = $1 and k.revoked_at is null and not $4
           order by k.id limit $2 offset $3""",
        work.workspace_id,
        window.limit,
        window.offset,
        none,
    )
    total = await work.connection.fetchval(
        "select count(*) from api_keys where workspace_id = $1 and revoked_at is null and not $2",
        work.workspace_id,
        none,
    )
    return Page([key_from(row) for row in rows], total, window)
