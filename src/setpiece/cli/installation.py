"""What the commands need of the installation they act on; bootstrap provides it."""

from collections.abc import Iterator, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from setpiece.agents.running import Tools
from setpiece.agents.sequence.bulk.leads import Lead
from setpiece.agents.sequence.bulk.write import Result
from setpiece.workspaces.directory import Directory
from setpiece.workspaces.work import OpenWork, Work


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that `doctor` looked at."""

    name: str
    passed: bool
    finding: str


@dataclass(frozen=True, slots=True)
class Workplace:
    """What running an agent needs; each piece of work is a transaction of its own."""

    open_work: OpenWork
    tools: Tools


@dataclass(frozen=True, slots=True)
class Running:
    """A server started for the length of a command."""

    base_url: str
    key: str
    workspace: str


class Installation(Protocol):
    """One data folder or one database, not opened yet."""

    @property
    def data_dir(self) -> Path: ...

    @property
    def webhook_secret(self) -> str | None:
        """Signs for every workspace; None when each has a secret of its own."""

    def serve(self, host: str, port: int, *, with_worker: bool) -> None:
        """Run the server until a signal ends it: database, schema, API, and a worker beside it.

        Raises:
            Conflict: another server uses the data folder.
            Unavailable: the database or the port cannot be had.
        """

    def serve_api(self, host: str, port: int) -> None:
        """Run the API alone, on a schema that is there."""

    def work_jobs(self, concurrency: int | None) -> None:
        """Do jobs until a signal ends it, that many at a time; None leaves it to the settings.

        Raises:
            Unavailable: the database cannot be had.
        """

    def serve_mcp(self, workspace: str) -> None:
        """Answer a client of the Model Context Protocol on standard input and output until it goes.

        Raises:
            NotFound: there is no such workspace.
            Unavailable: the extra `mcp` is not installed, or the database cannot be had.
        """

    async def migrate(self) -> tuple[str | None, str]:
        """Bring the schema up to date; the revisions before and after."""

    async def doctor(self) -> Sequence[Check]:
        """Look at everything that has to be right, and say what is not."""

    def directory(self) -> AbstractAsyncContextManager[Directory]:
        """All workspaces and keys, with the schema up to date."""

    def work(
        self, workspace: str, *, writes: bool, make: bool = False, imagine: bool = False
    ) -> AbstractAsyncContextManager[Work]:
        """One transaction in a workspace, as an owner; a missing one is made with `make`, looks empty with `imagine`.

        Raises:
            NotFound: there is no such workspace.
            Forbidden: it is read-only, and the command `writes`.
        """

    def workplace(self, workspace: str) -> AbstractAsyncContextManager[Workplace]:
        """A workspace to run agents in, and what they reach the outside world with.

        Raises:
            NotFound: there is no such workspace.
            Forbidden: it is read-only.
            Invalid: the settings of the language model are not complete.
        """

    def tools(self) -> Tools:
        """What agents reach the outside world with; the caller closes it."""

    def write_many(
        self, workspace: str, agent: str | None, leads: Sequence[tuple[str, Lead]]
    ) -> AbstractAsyncContextManager[Iterator[tuple[Lead, Result]]]:
        """The sequence of each lead under its request id, in their order, on every core.

        Raises:
            NotFound: there is no such workspace.
            Unavailable: the database cannot be had, or is lost on the way.
        """

    async def create_key(self, workspace: str, role: str, name: str, member: str) -> str:
        """A new key's secret; the workspace is made when it is missing."""

    def running(
        self, workspace: str, *, with_worker: bool = False, keep_key: bool = False
    ) -> AbstractAsyncContextManager[Running]:
        """A server on a free loopback port with a key for the workspace, for as long as the context lasts.

        The key ends with it unless `keep_key`. A missing workspace is made.
        """
