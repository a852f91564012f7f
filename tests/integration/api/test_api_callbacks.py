"""Callbacks: who named a URL is told, again and again until it is accepted, and it is seen in the state."""

import json
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from background_work import HOOK, PERSON, RUN, Worker, state_of
from caller import Caller

from setpiece.api.services import Services
from setpiece.providers.webhooks.kept import KeptWebhooks
from setpiece.workspaces.model import Role


async def test_it_waits_is_delivered_and_says_so(
    api: Caller, agent: str, worker: Worker, sender: KeptWebhooks
):
    acknowledged = await api.post(RUN, {"agentOId": agent, "callbackUrl": HOOK, **PERSON})
    waiting = {"url": HOOK, "status": "waiting", "attempts": 0, "deliveredAt": None, "lastError": None}
    assert (await state_of(api, acknowledged))["callback"] == waiting
    await worker.do(acknowledged)
    assert (await state_of(api, acknowledged))["callback"] == {**waiting, "status": "pending"}
    await worker.deliver(acknowledged)
    state = await state_of(api, acknowledged)
    assert (state["callback"]["status"], state["callback"]["attempts"]) == ("delivered", 1)
    assert state["callback"]["deliveredAt"]
    (sent,) = sender.sent
    assert sent.url == HOOK


async def test_it_carries_both_spellings_of_id_and_state_and_the_result(
    api: Caller, agent: str, worker: Worker, sender: KeptWebhooks
):
    acknowledged = await api.post(RUN, {"agentOId": agent, "callbackUrl": HOOK, **PERSON})
    await worker.do(acknowledged)
    await worker.deliver(acknowledged)
    told, state = json.loads(sender.sent[0].payload), await state_of(api, acknowledged)
    assert told["requestId"] == told["agentRunOId"] == acknowledged["requestId"]
    assert (told["status"], told["runStatus"], told["agentOId"]) == ("completed", "succeeded", agent)
    assert (told["result"], told["error"], told["createdAt"]) == (
        state["result"],
        None,
        state["createdAt"],
    )


async def test_a_failure_is_told_too(api: Caller, agent: str, worker: Worker, sender: KeptWebhooks):
    acknowledged = await api.post(RUN, {"agentOId": agent, "callbackUrl": HOOK, **PERSON})
    await api.delete("agents/delete", oId=agent)
    await worker.do(acknowledged)
    await worker.deliver(acknowledged)
    told = json.loads(sender.sent[0].payload)
    assert (told["status"], told["runStatus"], told["result"]) == ("failed", "failed", None)
    assert "There is no agent" in told["error"]


async def test_it_is_put_off_with_growing_waits_and_the_same_message(
    services: Services, tenant: Any, api: Caller, agent: str
):
    sender = KeptWebhooks([503, 500])
    worker = Worker(services, tenant.workspace_id, sender)
    acknowledged = await api.post(RUN, {"agentOId": agent, "callbackUrl": HOOK, **PERSON})
    await worker.do(acknowledged)
    waits = [await worker.deliver(acknowledged)]
    shown = (await state_of(api, acknowledged))["callback"]
    assert (shown["status"], shown["attempts"]) == ("pending", 1)
    assert "status 503" in shown["lastError"]
    waits += [await worker.deliver(acknowledged), await worker.deliver(acknowledged)]
    assert waits[0] is not None
    assert waits[1] is not None
    assert 5 <= waits[0] < 6 < 30 <= waits[1] < 36
    assert waits[2] is None
    assert len({(one.id, one.payload) for one in sender.sent}) == 1
    shown = (await state_of(api, acknowledged))["callback"]
    assert (shown["status"], shown["attempts"]) == ("delivered", 3)


async def test_410_stops_it(services: Services, tenant: Any, api: Caller, agent: str):
    worker = Worker(services, tenant.workspace_id, KeptWebhooks([410]))
    acknowledged = await api.post(RUN, {"agentOId": agent, "callbackUrl": HOOK, **PERSON})
    await worker.do(acknowledged)
    assert await worker.deliver(acknowledged) is None
    shown = (await state_of(api, acknowledged))["callback"]
    assert (shown["status"], shown["attempts"], shown["deliveredAt"]) == ("failed", 1, None)
    assert "wants no more" in shown["lastError"]


async def test_it_is_given_up_after_the_last_wait(services: Services, tenant: Any, api: Caller, agent: str):
    worker = Worker(services, tenant.workspace_id, KeptWebhooks([500] * 20))
    acknowledged = await api.post(RUN, {"agentOId": agent, "callbackUrl": HOOK, **PERSON})
    await worker.do(acknowledged)
    attempts = 1
    while await worker.deliver(acknowledged) is not None:
        attempts += 1
    shown = (await state_of(api, acknowledged))["callback"]
    assert (shown["status"], shown["attempts"], attempts) == ("failed", 10, 10)
    assert shown["lastError"].startswith("Given up after 10 attempts.")


@pytest.mark.parametrize(
    "url",
    [
        "hook",
        "ftp://hooks.example/",
        "https://ada:pw@hooks.example/",
        "http://127.0.0.1/x",
        "http://localhost/",
        "http://169.254.169.254/",
    ],
)
async def test_a_url_that_may_not_be_called_is_refused(api: Caller, agent: str, url: str):
    answer = await api.post(RUN, {"agentOId": agent, "callbackUrl": url, **PERSON}, expect=400)
    assert answer["message"]


async def test_each_workspace_signs_with_a_secret_of_its_own(
    api: Caller, stranger: Caller, agent: str, worker: Worker, sender: KeptWebhooks
):
    acknowledged = await api.post(RUN, {"agentOId": agent, "callbackUrl": HOOK, **PERSON})
    await worker.do(acknowledged)
    await worker.deliver(acknowledged)
    mine = (await api.get("webhook/secret"))["data"]
    assert mine == {"secret": sender.sent[0].secret, "source": "workspace"}
    assert (await stranger.get("webhook/secret"))["data"]["secret"] != mine["secret"]


async def test_only_admins_and_owners_see_the_secret(
    connect: Any, new_tenant: Callable[..., Awaitable[Any]], tenant: Any
):
    member = await new_tenant(Role.MEMBER, tenant.name)
    async with connect(api_key=member.secret) as client:
        await Caller(client).get("webhook/secret", expect=403)
