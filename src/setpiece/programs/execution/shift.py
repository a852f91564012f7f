"""One attempt at a run: whatever it changes, it changes while it holds the run's row, and only while the run is its own."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime

from setpiece.agents.running import Tools
from setpiece.jobs.model import Job
from setpiece.jobs.work import work_for
from setpiece.kernel.errors import Conflict
from setpiece.programs.addresses import normal_email
from setpiece.programs.execution.dispatch_repository import DispatchRepository
from setpiece.programs.execution.model import Channel, Message, Stand
from setpiece.programs.execution.repository import ExecutionRepository
from setpiece.programs.model import Run
from setpiece.programs.replies.unsubscribe_links import Reader, unsubscribe_link
from setpiece.providers.lead_sources.configured import LeadSources
from setpiece.providers.mail.port import MailSender
from setpiece.storage.database import Database
from setpiece.workspaces.work import OpenWork, Work


@dataclass(frozen=True, slots=True)
class Desk:
    """What executed runs are worked on with.

    Attributes:
        owner: Reads across workspaces which runs are due; everything else is bound to one.
        mail: None where there is no mail server.
        sources: Where the leads of each workspace come from that are not uploaded.
        slice_s: How long one job goes on before it makes room for others.
        imprint: What each mail ends with: who writes, and their postal address.
        link_base: What unsubscribe links begin with; None where nobody outside can reach the API.
    """

    tenants: Database
    owner: Database
    tools: Tools
    now: Callable[[], datetime]
    mail: MailSender | None = None
    sources: LeadSources = field(default_factory=LeadSources)
    slice_s: float = 10.0
    link_base: str | None = None
    imprint: str = ""


@dataclass(frozen=True, slots=True)
class Shift:
    """A job's attempt at a run, which is as it was when the attempt began."""

    desk: Desk
    job: Job
    run: Run
    channel: Channel

    @property
    def open_work(self) -> OpenWork:
        """Transactions that hold nothing."""
        return work_for(self.desk.tenants, self.job, self.desk.now)

    async def way_out(self, work: Work, message: Message) -> str | None:
        """The address at which the reader of a message takes themselves off the list; None where nobody outside reaches this server."""
        email = normal_email(message.address)
        if email is None:
            return None
        reader = Reader(work.workspace_id, self.run.program_id, self.run.id, email)
        return await unsubscribe_link(work.scope, self.desk.link_base, reader)

    @asynccontextmanager
    async def held(self, *, to_send: bool = False) -> AsyncIterator[tuple[Work, Stand]]:
        """A transaction that holds the run, and how it stands.

        Args:
            to_send: Nothing else of the program goes out, and no kill switch is thrown, before it ends: what it looks at stays true.

        Raises:
            Conflict: another attempt has taken over, or the run is gone; nothing is changed.
        """
        async with self.open_work() as work:
            repository = ExecutionRepository(work.scope)
            if not await repository.hold(self.run.id, self.job):
                raise _superseded()
            if to_send:
                await DispatchRepository(work.scope).hold_program(self.run.program_id)
            stand = await repository.stand(self.run.id, work.at, has_mail=self.desk.mail is not None)
            if stand is None:
                raise _superseded()
            yield work, stand

    @asynccontextmanager
    async def noting(self) -> AsyncIterator[tuple[Work, bool]]:
        """A transaction that holds the run, to note what has happened whoever works on it by now; and whether it still goes on."""
        async with self.open_work() as work:
            repository = ExecutionRepository(work.scope)
            await repository.hold(self.run.id)
            stand = await repository.stand(self.run.id, work.at)
            yield work, stand is not None and stand.is_running


def _superseded() -> Conflict:
    return Conflict("Another attempt works on this run, or it is gone.", code="superseded")
