"""The exports of one workspace's runs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from setpiece.programs.execution.message_repository import MESSAGE, message_of
from setpiece.programs.execution.model import Message
from setpiece.storage.database import Scope


@dataclass(frozen=True, slots=True)
class Export:
    """Messages that were taken out together.

    Attributes:
        format: The form they were first taken in.
        messages: How many; those of people who were erased since are not among them any more.
    """

    id: UUID
    run_id: UUID
    format: str
    messages: int
    made_by: str
    made_at: datetime


_COLUMNS = "id, run_id, format, messages, made_by, made_at"


class ExportRepository:
    """Made from a scope bound to the workspace."""

    def __init__(self, scope: Scope) -> None:
        self._connection = scope.connection
        self._workspace_id = scope.workspace_id

    async def insert(self, export: Export) -> None:
        await self._connection.execute(
            f"insert into program_exports (workspace_id, {_COLUMNS}) values ($1, $2, $3, $4, $5, $6, $7)",
            self._workspace_id,
            export.id,
            export.run_id,
            export.format,
            export.messages,
            export.made_by,
            export.made_at,
        )

    async def find(self, run_id: UUID, export_id: UUID) -> Export | None:
        row = await self._connection.fetchrow(
            f"select {_COLUMNS} from program_exports where workspace_id = $1 and run_id = $2 and id = $3",
            self._workspace_id,
            run_id,
            export_id,
        )
        return Export(*row) if row else None

    async def of_run(self, run_id: UUID) -> Sequence[Export]:
        """The newest first."""
        rows = await self._connection.fetch(
            f"select {_COLUMNS} from program_exports where workspace_id = $1 and run_id = $2 order by id desc",
            self._workspace_id,
            run_id,
        )
        return [Export(*row) for row in rows]

    async def messages(self, export_id: UUID) -> Sequence[Message]:
        """In the order of the draw."""
        rows = await self._connection.fetch(
            f"""select {MESSAGE} from program_messages where workspace_id = $1 and id in (
                    select message_id from program_dispatches where workspace_id = $1 and export_id = $2)
                order by position""",
            self._workspace_id,
            export_id,
        )
        return [message_of(row) for row in rows]
