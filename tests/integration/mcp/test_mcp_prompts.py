"""The prompts of playbooks, asked for with the protocol's official client."""

import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Literal
from uuid import UUID

import httpx
import pytest
from mcp import Client, MCPError, StdioServerParameters
from mcp_types import PromptReference

from setpiece.api.services import Services
from setpiece.kernel.clock import now
from setpiece.mcp.prompts import prompts_server
from setpiece.workspaces.model import Member
from setpiece.workspaces.work import Work

BODY = {"name": "Heads of growth", "mode": "outbound", "buddyId": "prospect", "strategy": {"hypothesis": "They answer"}}  # fmt: skip
SETPIECE = str(Path(sys.executable).with_name("setpiece"))


@pytest.fixture
def server(services: Services, tenant: Any) -> Any:
    @asynccontextmanager
    async def open_work() -> AsyncIterator[Work]:
        async with services.database.transaction(tenant.workspace_id) as scope:
            yield Work(scope, Member(UUID(int=0), "Chat", ""), now())

    return prompts_server(open_work)


@pytest.fixture
async def made(client: httpx.AsyncClient) -> str:
    answer = await client.post("/v1/playbooks", json=BODY | {"status": "active"})
    return str(answer.json()["playbook"]["id"])


async def told(client: httpx.AsyncClient, path: str) -> str:
    (found,) = (await client.get(f"/v1/playbooks/{path}")).json().values()
    return str(found["text"])


async def text(chat: Client, name: str, **arguments: str) -> str:
    (message,) = (await chat.get_prompt(name, arguments)).messages
    assert message.role == "user"
    return str(message.content.text)  # type: ignore[union-attr]  # a text, or the assertion that follows fails


@pytest.mark.parametrize("mode", ["auto", "legacy"])
async def test_a_chat_gets_the_same_prompts_as_over_http(
    client: httpx.AsyncClient, server: Any, made: str, mode: Literal["auto", "legacy"]
):
    run = (await client.post(f"/v1/playbooks/{made}/run")).json()["run"]["id"]
    async with Client(server, mode=mode) as chat:
        assert [one.name for one in (await chat.list_prompts()).prompts] == ["playbook", "active-playbooks"]
        expected = await told(client, f"{made}/prompt")
        assert await text(chat, "playbook", playbook=made) == expected
        assert await text(chat, "playbook", playbook="heads OF growth") == expected
        ours = await text(chat, "playbook", playbook=made, run=run)
        assert ours == await told(client, f"{made}/prompt?runId={run}")
        assert await text(chat, "active-playbooks") == await told(client, "awareness")
        found = await chat.complete(
            PromptReference(type="ref/prompt", name="playbook"), {"name": "playbook", "value": "he"}
        )
        assert found.completion.values == ["Heads of growth"]


async def test_what_cannot_be_had_is_said_in_a_sentence(
    client: httpx.AsyncClient, outsider_playbook: str, server: Any, made: str
):
    await client.post("/v1/playbooks", json=BODY)
    async with Client(server) as chat:
        for name, arguments, said in (
            ("playbook", {}, "'playbook' is required"),
            ("playbook", {"playbook": "Nobody"}, "There is no playbook 'Nobody'"),
            ("playbook", {"playbook": outsider_playbook}, "There is no playbook 'pb_"),
            ("playbook", {"playbook": "Heads of growth"}, "2 playbooks are called so; give an id"),
            ("playbook", {"playbook": made, "run": "run_x"}, "The playbook has no run"),
            ("song", {}, "There is no prompt 'song'"),
        ):
            with pytest.raises(MCPError, match=said):
                await chat.get_prompt(name, arguments)


@pytest.fixture
async def outsider_playbook(connect: Any, new_tenant: Any) -> str:
    async with connect(api_key=(await new_tenant()).secret) as other:
        return str((await other.post("/v1/playbooks", json=BODY)).json()["playbook"]["id"])


async def test_the_command_serves_a_chat_that_starts_it(
    client: httpx.AsyncClient, tenant: Any, dsn: str, made: str, tmp_path: Path
):
    started = StdioServerParameters(
        command=SETPIECE,
        args=["mcp", "-w", tenant.name, "--data-dir", str(tmp_path)],
        env=os.environ | {"SETPIECE_DATABASE_URL": dsn},
    )
    async with Client(started, read_timeout_seconds=60) as chat:
        assert await text(chat, "playbook", playbook=made) == await told(client, f"{made}/prompt")
