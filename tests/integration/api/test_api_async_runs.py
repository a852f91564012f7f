"""`async/agent/run`: acknowledged at once, run by a worker, asked about by its id, never done twice."""

import asyncio
from typing import Any

import pytest
from background_work import PERSON, RUN, STATUS, Worker, state_of
from caller import ROOT, Caller

from setpiece.agents import tasks
from setpiece.agents.async_runs import run_queued
from setpiece.agents.catalog import AGENTS
from setpiece.agents.running import Runnable
from setpiece.api.services import Services
from setpiece.jobs.repository import JobRepository
from setpiece.jobs.work import work_for
from setpiece.kernel.errors import Conflict
from setpiece.kernel.ids import parse


async def under(api: Caller, external_id: str, body: dict[str, Any], expect: int = 200) -> dict[str, Any]:
    answer = await api.client.post(f"{ROOT}/{RUN}", json=body, headers={"x-external-request-id": external_id})
    assert answer.status_code == expect, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def test_it_is_acknowledged_in_the_contracts_shape_without_metadata(api: Caller, agent: str):
    answer = await api.post(RUN, {"agentOId": agent, **PERSON})
    assert answer.keys() == {"status", "requestId", "message", "agentOId"}
    assert (answer["status"], answer["agentOId"]) == ("pending", agent)
    assert answer["requestId"].startswith("asyncReqID_")


@pytest.mark.parametrize("path", [RUN, "async/agents/run"])
@pytest.mark.parametrize("nested", [False, True], ids=["at the top", "under inputs"])
async def test_the_result_is_that_of_the_run_that_is_waited_for(
    api: Caller, agent: str, worker: Worker, path: str, nested: bool
):
    body = {"agentOId": agent, "inputs": PERSON} if nested else {"agentOId": agent, **PERSON}
    acknowledged = await api.post(path, body)
    before = await state_of(api, acknowledged)
    assert (before["status"], before["result"], before["error"], before["callback"]) == (
        "pending",
        None,
        None,
        None,
    )
    await worker.do(acknowledged)
    waited = await api.post("agents/sequence/run", {"agentOId": agent, **PERSON})
    after = await state_of(api, acknowledged)
    assert (after["status"], after["error"]) == ("completed", None)
    assert after["result"]["data"] == waited["data"]
    assert len(after["result"]["data"]["emails"]) == 2


@pytest.mark.parametrize("runnable", AGENTS, ids=lambda one: one.path)
async def test_every_agent_that_runs_here_runs_in_the_background(
    api: Caller, agent: str, worker: Worker, runnable: Runnable[Any]
):
    made = await api.post("agents/create", {"name": "One of its type", "type": runnable.kind})
    known = {**PERSON, "query": "Who closes the books?"}
    fields = {name: value for name, value in known.items() if name in runnable.request.model_fields}
    body = {"agentOId": made["data"]["oId"], **fields}
    acknowledged = await api.post(RUN, body)
    await worker.do(acknowledged)
    state = await state_of(api, acknowledged)
    waited = await api.post(f"agents/{runnable.path}/run", body)
    assert (state["status"], state["error"]) == ("completed", None)
    result = state["result"]
    assert (result["found"], result["data"]) == (waited["found"], waited.get("data"))


async def test_either_spelling_of_the_id_finds_it(api: Caller, agent: str):
    acknowledged = await api.post(RUN, {"agentOId": agent, **PERSON})
    shown = (await api.get(STATUS, agentRunOId=acknowledged["requestId"]))["data"]
    assert shown["requestId"] == acknowledged["requestId"]
    assert "requestId" in (await api.get(STATUS, expect=400))["message"]


async def test_the_run_is_kept_once_and_counted_once_however_often_it_is_begun(
    api: Caller, agent: str, worker: Worker, services: Services, tenant: Any
):
    acknowledged = await api.post(RUN, {"agentOId": agent, **PERSON})
    for _ in range(3):
        await worker.do(acknowledged)
    kept = (await api.get("agents/run/get", requestId=acknowledged["requestId"]))["data"]
    assert (kept["agentOId"], kept["usage"]) == (agent, 1)
    async with services.database.bound(tenant.workspace_id) as scope:
        assert await scope.connection.fetchval("select count(*) from runs") == 1


async def test_an_attempt_that_was_taken_over_keeps_nothing(
    api: Caller, agent: str, services: Services, tenant: Any, worker: Worker
):
    """The worker that was taken for dead comes back after another one began: its run is not kept a second time."""
    acknowledged = await api.post(RUN, {"agentOId": agent, **PERSON})
    job_id = parse(acknowledged["requestId"])
    assert job_id
    async with services.database.bound(tenant.workspace_id) as scope:
        late = await JobRepository(scope).begin(job_id)
    assert late
    await worker.do(acknowledged)
    desk = tasks.Desk(services.database, services.tools, services.now)
    with pytest.raises(Conflict):
        await run_queued(late, work_for(desk.database, late, desk.now), services.tools)
    async with services.database.bound(tenant.workspace_id) as scope:
        assert await scope.connection.fetchval("select count(*) from runs") == 1


async def test_a_dry_run_answers_the_plan_and_keeps_no_run(api: Caller, agent: str, worker: Worker):
    acknowledged = await api.post(RUN, {"agentOId": agent, "dryRun": True, **PERSON})
    await worker.do(acknowledged)
    result = (await state_of(api, acknowledged))["result"]
    assert (result["data"]["dryRun"], result["usage"]) == (True, 0)
    await api.get("agents/run/get", expect=404, requestId=acknowledged["requestId"])


async def test_a_field_that_is_not_known_is_said_once_and_by_the_agents_own_schema(api: Caller, agent: str):
    answer = await api.post(RUN, {"agentOId": agent, "colour": "red", **PERSON})
    assert answer["message"].startswith("Ignored unknown fields: colour. Queued.")


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"agentOId": None}, "agentOId or experimentOId"),
        ({"experimentOId": "ae_0AbCdEfGhIjKlMnOpQrStU"}, "not both"),
        ({"outputFormat": "pdf"}, "'outputFormat' must be one of"),
        ({"runtimeContext": {"9": "late"}}, "'runtimeContext'"),
        ({"firstName": 7}, "'firstName' must be a text"),
        ({"callbackUrl": 7}, "'callbackUrl' must be a text"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
async def test_what_is_wrong_is_said_now_and_nothing_is_queued(
    api: Caller, agent: str, services: Services, tenant: Any, wrong: dict[str, Any], told: str
):
    answer = await api.post(RUN, {"agentOId": agent, **PERSON, **wrong}, expect=400)
    assert told in answer["message"]
    async with services.database.bound(tenant.workspace_id) as scope:
        assert await scope.connection.fetchval("select count(*) from jobs") == 0


async def test_agents_and_experiments_of_another_workspace_are_not_found(
    api: Caller, stranger: Caller, agent: str
):
    await stranger.post(RUN, {"agentOId": agent, **PERSON}, expect=404)
    await api.post(RUN, {"experimentOId": "ae_0AbCdEfGhIjKlMnOpQrStU", **PERSON}, expect=404)


async def test_another_workspaces_run_is_not_found(api: Caller, stranger: Caller, agent: str):
    acknowledged = await api.post(RUN, {"agentOId": agent, **PERSON})
    await stranger.get(STATUS, expect=404, requestId=acknowledged["requestId"])
    await api.get(STATUS, expect=404, requestId="asyncReqID_nothing")


async def test_a_playbooks_request_is_not_a_run(api: Caller, agent: str):
    offering = (await api.get("product/list"))["data"][0]["oId"]
    made = await api.post("playbook/create", {"async": True, "productOId": offering})
    await api.get(STATUS, expect=404, requestId=made["requestId"])


async def test_what_is_gone_when_it_runs_is_said_in_the_state(api: Caller, agent: str, worker: Worker):
    acknowledged = await api.post(RUN, {"agentOId": agent, **PERSON})
    await api.delete("agents/delete", oId=agent)
    await worker.do(acknowledged)
    state = await state_of(api, acknowledged)
    assert (state["status"], state["result"]) == ("failed", None)
    assert "There is no agent" in state["error"]


async def test_an_experiment_names_the_agent_it_chose_and_the_run_records_how(
    api: Caller, agent: str, worker: Worker
):
    other = (await api.post("agents/create", {"name": "Other", "type": "EMAIL"}))["data"]["oId"]
    made = await api.post(
        "agents/experiment/create",
        {"name": "Turns", "agentType": "EMAIL", "runStrategy": "ROUND_ROBIN", "agentOIds": [agent, other]},
    )
    asked = [await api.post(RUN, {"experimentOId": made["oId"], **PERSON}) for _ in range(3)]
    assert [one["agentOId"] for one in asked] == [agent, other, agent]
    await worker.do(asked[1])
    kept = (await api.get("agents/run/get", requestId=asked[1]["requestId"]))["data"]
    assert (kept["agentOId"], kept["experimentOId"]) == (other, made["oId"])
    assert kept["assignment"] == {"strategy": "ROUND_ROBIN", "turn": 1}


class TestSentAgain:
    """The same request under the client's own id."""

    async def test_it_is_the_same_request(self, api: Caller, agent: str, worker: Worker):
        body = {"agentOId": agent, **PERSON}
        first = await under(api, "order-1", body)
        assert (await under(api, "order-1", dict(reversed(body.items()))))["requestId"] == first["requestId"]
        await worker.do(first)
        again = await under(api, "order-1", body)
        assert (again["requestId"], again["status"]) == (first["requestId"], "completed")

    async def test_another_body_is_a_conflict(self, api: Caller, agent: str):
        await under(api, "order-1", {"agentOId": agent, **PERSON})
        answer = await under(api, "order-1", {"agentOId": agent, **PERSON, "lastName": "Other"}, expect=409)
        assert "x-external-request-id" in answer["message"]

    async def test_many_at_once_are_one(self, api: Caller, agent: str, services: Services, tenant: Any):
        body = {"agentOId": agent, **PERSON}
        answers = await asyncio.gather(*(under(api, "order-1", body) for _ in range(8)))
        assert len({one["requestId"] for one in answers}) == 1
        async with services.database.bound(tenant.workspace_id) as scope:
            assert await scope.connection.fetchval("select count(*) from jobs") == 1

    async def test_an_experiment_takes_no_second_turn(self, api: Caller, agent: str):
        other = (await api.post("agents/create", {"name": "Other", "type": "EMAIL"}))["data"]["oId"]
        made = await api.post(
            "agents/experiment/create",
            {
                "name": "Turns",
                "agentType": "EMAIL",
                "runStrategy": "ROUND_ROBIN",
                "agentOIds": [agent, other],
            },
        )
        body = {"experimentOId": made["oId"], **PERSON}
        told = [(await under(api, one, body))["agentOId"] for one in ("a", "a", "b")]
        assert told == [agent, agent, other]

    async def test_the_id_of_another_workspace_is_free(self, api: Caller, stranger: Caller, agent: str):
        theirs = (await stranger.post("agents/create", {"name": "Theirs", "type": "EMAIL"}))["data"]["oId"]
        first = await under(api, "order-1", {"agentOId": agent, **PERSON})
        second = await under(stranger, "order-1", {"agentOId": theirs, **PERSON})
        assert first["requestId"] != second["requestId"]

    async def test_an_id_that_cannot_be_kept_is_refused(self, api: Caller, agent: str):
        answer = await under(api, "x" * 201, {"agentOId": agent, **PERSON}, expect=400)
        assert "x-external-request-id" in answer["message"]
