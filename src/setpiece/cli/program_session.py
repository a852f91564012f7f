"""What the commands about playbooks share: a server to ask, and how a playbook and a run are named."""

import asyncio
from pathlib import Path
from typing import Annotated, Any

import httpx
import typer

from setpiece.cli.client import ask, connect, refusal
from setpiece.cli.context import installation

PlaybookId = Annotated[str, typer.Argument(metavar="PLAYBOOK", help="Its id: pb_…")]
RunId = Annotated[str, typer.Argument(metavar="RUN", help="Its id: run_…")]
_ROOT = "/v1/playbooks"


class Session:
    """One command's server, asked as its users ask it."""

    def __init__(self, context: typer.Context, data_dir: Path | None, workspace: str) -> None:
        self._installation = installation(context, data_dir)
        self._workspace = workspace

    def ask(self, *requests: tuple[str, str, dict[str, Any]]) -> list[dict[str, Any]]:
        """The answers of some requests, one after the other.

        Raises:
            NotFound, Invalid, Unavailable: as for `ask`.
        """

        async def answered() -> list[dict[str, Any]]:
            async with self._installation.running(self._workspace) as server, connect(server) as client:
                return [await ask(client, method, _ROOT + path, **sent) for method, path, sent in requests]

        return asyncio.run(answered())

    def one(self, method: str, path: str, **sent: Any) -> dict[str, Any]:
        return self.ask((method, path, sent))[0]

    def text(self, method: str, path: str, **sent: Any) -> str:
        """An answer that is no JSON.

        Raises:
            NotFound, Invalid, Unavailable: as for `ask`.
        """

        async def answered() -> httpx.Response:
            async with self._installation.running(self._workspace) as server, connect(server) as client:
                return await client.request(method, _ROOT + path, **sent)

        answer = asyncio.run(answered())
        if answer.is_success:
            return answer.text
        raise refusal(answer, _ROOT + path)
