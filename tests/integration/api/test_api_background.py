"""`playbook/create` with `async`: acknowledged at once, made by a worker, asked about with the request id."""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

import pytest
from caller import Caller
from play_example import make_library

from setpiece.agents import tasks
from setpiece.api.services import Services
from setpiece.jobs.attempt import Attempts
from setpiece.kernel.ids import parse

Work = Callable[[dict[str, Any]], Awaitable[None]]
STATUS = "async/playbook/create/status"
PAGE = "https://example.com/trends"


@pytest.fixture
async def made(api: Caller) -> dict[str, str]:
    return await make_library(api)


@pytest.fixture
def work(services: Services, tenant: Any) -> Work:
    """Does the acknowledged work, as a worker does it."""
    tools = tasks.Desk(services.database, services.tools, services.now)
    attempts = Attempts(services.database, tasks.handlers(tools), ())

    async def done(acknowledged: dict[str, Any]) -> None:
        job_id = parse(acknowledged["requestId"])
        assert isinstance(job_id, UUID)
        await attempts.attempt(tenant.workspace_id, job_id)

    return done


async def test_it_is_acknowledged_in_the_contracts_shape_without_metadata(api: Caller, made: dict[str, str]):
    answer = await api.post("playbook/create", {"async": True, "productOId": made["product"]})
    assert answer.keys() == {"status", "requestId", "message"}
    assert answer["status"] == "pending"
    assert answer["requestId"].startswith("asyncReqID_")
    assert answer["requestId"] in answer["message"]
    assert await api.total("playbook") == 0


async def test_a_field_that_is_not_known_is_said_in_the_message(api: Caller, made: dict[str, str]):
    answer = await api.post(
        "playbook/create", {"async": True, "productOId": made["product"], "colour": "red"}
    )
    assert "Ignored unknown fields: colour." in answer["message"]


@pytest.mark.parametrize("unset", [False, None, ""], ids=["false", "null", "empty"])
async def test_without_it_the_request_waits(api: Caller, made: dict[str, str], unset: Any):
    answer = await api.post("playbook/create", {"async": unset, "productOId": made["product"]})
    assert answer["playbook"]["oId"]
    assert answer["_metadata"]["message"] == "OK"


async def test_its_state_goes_from_pending_to_the_finished_playbook(
    api: Caller, made: dict[str, str], work: Work
):
    acknowledged = await api.post("playbook/create", {"async": True, "productOId": made["product"]})
    before = (await api.get(STATUS, requestId=acknowledged["requestId"]))["data"]
    assert (before["status"], before["result"], before["error"]) == ("pending", None, None)
    await work(acknowledged)
    after = (await api.get(STATUS, requestId=acknowledged["requestId"]))["data"]
    assert after.keys() == {"requestId", "status", "result", "error", "createdAt"}
    assert (after["status"], after["error"]) == ("completed", None)
    assert (await api.get("playbook/get", oId=after["result"]["playbookOId"]))["product"]["oId"] == made[
        "product"
    ]


async def test_every_field_does_what_it_does_in_a_request_that_waits(
    api: Caller, made: dict[str, str], work: Work, pages: dict[str, str]
):
    pages[PAGE] = "Controllers now ask where every figure of the close comes from."
    body = {
        "productOId": made["product"],
        "name": "The traceable close",
        "keyInsight": "A figure nobody can trace is a figure nobody may publish",
        "personaOIds": [made["controller"]],
        "competitorOId": made["competitor"],
        "proofPointOIds": [made["proof"]],
        "status": "draft",
        "createTemplates": True,
        "additionalContextSources": [{"type": "URL", "value": PAGE}],
    }
    waited = await api.post("playbook/create", body)
    acknowledged = await api.post("playbook/create", {**body, "async": True})
    await work(acknowledged)
    state = (await api.get(STATUS, requestId=acknowledged["requestId"]))["data"]
    shown = [
        await everything(api, oid) for oid in (waited["playbook"]["oId"], state["result"]["playbookOId"])
    ]
    assert shown[0] == shown[1]


@pytest.mark.parametrize(
    "wrong",
    [
        {"productOId": "px_0AbCdEfGhIjKlMnOpQrStU"},
        {"personaOIds": ["pe_0AbCdEfGhIjKlMnOpQrStU"]},
        {"status": "asleep"},
        {"async": "perhaps"},
    ],
    ids=lambda wrong: next(iter(wrong)),
)
async def test_what_is_wrong_at_once_is_said_at_once(
    api: Caller, made: dict[str, str], wrong: dict[str, Any]
):
    body = {"async": True, "productOId": made["product"], **wrong}
    answer = await api.post("playbook/create", body, expect=400)
    assert next(iter(wrong)) in answer["message"]


async def test_what_turns_out_to_be_wrong_later_is_said_in_the_state(
    api: Caller, made: dict[str, str], work: Work
):
    body = {"async": True, "productOId": made["product"], "personaOIds": [made["controller"]]}
    acknowledged = await api.post("playbook/create", body)
    await api.delete("persona/delete", oId=made["controller"])
    await work(acknowledged)
    state = (await api.get(STATUS, requestId=acknowledged["requestId"]))["data"]
    assert (state["status"], state["result"]) == ("failed", None)
    assert "'personaOIds': there is no persona" in state["error"]
    assert await api.total("playbook") == 0


async def test_another_workspaces_request_is_not_found(api: Caller, stranger: Caller, made: dict[str, str]):
    acknowledged = await api.post("playbook/create", {"async": True, "productOId": made["product"]})
    answer = await stranger.get(STATUS, expect=404, requestId=acknowledged["requestId"])
    assert acknowledged["requestId"] in answer["message"]


async def everything(api: Caller, oid: str) -> dict[str, Any]:
    """A playbook and its templates, without what no two of them share; templates are worded for each playbook anew."""
    found = await api.get("playbook/get", oId=oid)
    templates = await api.get("playbook/template/list", playbookOId=oid)
    for persona in found["personas"]:
        for prop in persona["valueProps"]:
            for name in ("oId", "createdAt"):
                del prop[name]
    for name in ("_metadata", "oId", "createdAt"):
        del found[name]
    return {"playbook": found, "templates": [one["name"] for one in templates["data"]]}
