"""`/api/v2/analytics/webhook/receive/generic/…`: what other tools report becomes outcomes and suppressions."""

from datetime import timedelta
from typing import Any

import httpx
import pytest
from caller import Caller
from recordings import checked

from setpiece.kernel.clock import now, show_instant
from setpiece.workspaces.model import Role

HOOK = "analytics/webhook/receive/generic"
PLAYBOOK = {
    "name": "Outbound", "mode": "outbound", "buddyId": "prospect", "status": "active",
    "strategy": {"hypothesis": "…", "successMetric": "reply_rate", "successTarget": 0.1},
}  # fmt: skip
ROBIN = "robin@acme.example"


@pytest.fixture
async def run(client: httpx.AsyncClient) -> str:
    """The path of a run."""
    made = checked(await client.post("/v1/playbooks", json=PLAYBOOK), 201)["playbook"]
    started = checked(await client.post(f"/v1/playbooks/{made['id']}/run"), 201)["run"]
    return f"/v1/playbooks/{made['id']}/runs/{started['id']}"


def event(kind: str, **more: Any) -> dict[str, Any]:
    return {
        "eventTimestamp": show_instant(now() - timedelta(minutes=1)),
        "eventType": kind,
        "subject": "Quick question",
    } | more


async def reply(api: Caller, text: str, sender: str = ROBIN, **more: Any) -> dict[str, Any]:
    body = event("reply", body={"text": text}, **{"from": {"email": sender, "name": "Robin"}}, **more)
    answer = await api.post(f"{HOOK}/emails", body)
    assert answer["received"] is True
    return answer


async def outcomes(client: httpx.AsyncClient, run: str) -> list[tuple[str, str]]:
    found: dict[str, Any] = checked(await client.get(f"{run}/outcomes"), 200)
    return [(one["kind"], one["unit"]) for one in reversed(found["outcomes"])]


async def test_mails_that_another_tool_sends_and_gets_are_evidence_of_the_run(
    api: Caller, client: httpx.AsyncClient, run: str
):
    sent = event("sent", to=[{"email": ROBIN}], campaignId=run.rpartition("/")[2])
    first = (await api.post(f"{HOOK}/emails", sent))["additionalData"]
    (recorded,) = first["recorded"]
    assert (recorded["playbookId"], recorded["runId"]) == (run.split("/")[3], run.split("/")[5])
    assert recorded["isNew"]
    listed = checked(await client.get(f"{run}/outcomes"), 200)["outcomes"]
    assert recorded["sourceEventId"] == listed[0]["sourceEventId"]
    assert not (await api.post(f"{HOOK}/emails", sent))["additionalData"]["recorded"][0]["isNew"]

    # Who answers is known by the address, and a colleague by the company.
    assert (await reply(api, "I'm out of the office until Monday."))["additionalData"][
        "reply"
    ] == "auto_reply"
    told = (await reply(api, "Sounds good, does Tuesday suit you?"))["additionalData"]
    assert (told["outcome"], told["reply"]) == ("positive_reply", "positive")
    assert (await reply(api, "Robin told me. Let's set up a call.", "kim@acme.example"))["additionalData"][
        "recorded"
    ]
    raw = f"From: Robin Example <{ROBIN}>\nSubject: Re: Quick question\n\nI'm out of the office until Monday."
    travelled = (await api.post(f"{HOOK}/emails", event("reply", raw=raw)))["additionalData"]
    assert (travelled["reply"], len(travelled["recorded"])) == ("auto_reply", 1)
    opened = await api.post(f"{HOOK}/generic/emails", event("opened", to=ROBIN))
    assert (opened["connection"]["shouldProcess"], opened["additionalData"]["outcome"]) == (False, None)
    assert await outcomes(client, run) == [
        ("touched", "acme.example"), ("auto_reply", "acme.example"),
        ("positive_reply", "acme.example"), ("positive_reply", "acme.example"), ("auto_reply", "acme.example"),
    ]  # fmt: skip

    stranger = await reply(api, "Sounds good", "someone@elsewhere.example")
    assert stranger["additionalData"]["recorded"] == []
    assert "no outcome was recorded" in stranger["_metadata"]["message"]


async def test_who_is_angry_or_asks_to_stop_is_no_success_and_never_contacted_again(
    api: Caller, client: httpx.AsyncClient, run: str
):
    people = [f"lead{number}@company{number}.example" for number in range(5)]
    await api.post(f"{HOOK}/emails", event("sent", to=people, campaignId=run.rpartition("/")[2]))
    assert (await reply(api, "Stop spamming me!", people[0]))["additionalData"]["outcome"] == "negative_reply"
    assert (await reply(api, "Please remove me from your list", people[1]))["additionalData"][
        "outcome"
    ] == "unsubscribed"
    await api.post(f"{HOOK}/emails", event("unsubscribed", to=people[2]))
    report = {"body": {"text": "550 5.1.1 User unknown"}}
    await api.post(f"{HOOK}/emails", event("bounced", to=people[3], **report))
    full = await api.post(f"{HOOK}/emails", event("bounced", to=people[4], body="552 5.2.2 Mailbox full"))
    assert (full["additionalData"]["outcome"], full["additionalData"]["suppressed"]) == ("bounced", [])
    # That somebody wants no more mail is kept whether a run knows them or not.
    await reply(api, "unsubscribe", "unknown@elsewhere.example")
    listed = checked(await client.get("/v1/playbooks/suppressions"), 200)["suppressions"]
    assert {(one["value"], one["reason"]) for one in listed} == {
        (people[0], "angry"), (people[1], "asked_to_stop"), (people[2], "unsubscribed"), (people[3], "bounced"),
        ("unknown@elsewhere.example", "asked_to_stop"),
    }  # fmt: skip
    assert {one["source"] for one in listed} == {"webhook"}
    kinds = [kind for kind, _ in await outcomes(client, run)]
    assert sorted(kinds[5:]) == ["bounced", "bounced", "negative_reply", "unsubscribed", "unsubscribed"]


async def test_calls_and_deals_are_outcomes_of_the_person_or_the_account(
    api: Caller, client: httpx.AsyncClient, run: str
):
    where = {"campaignId": run.split("/")[3]}
    await api.post(f"{HOOK}/calls", event("completed", participants=[ROBIN], **where))
    await api.post(f"{HOOK}/calls", event("completed", participants=[ROBIN], disposition="Meeting booked"))
    won = await api.post(
        f"{HOOK}/crm", event("DEAL_WON", contact={"email": ROBIN}, amount=24000, eventId="deal-1")
    )
    assert won["additionalData"]["recorded"][0]["isNew"]
    again = await api.post(
        f"{HOOK}/crm", event("DEAL_WON", contact={"email": ROBIN}, amount=25000, eventId="deal-1")
    )
    assert not again["additionalData"]["recorded"][0]["isNew"]
    await api.post(f"{HOOK}/crm", event("DEAL_STAGE_CHANGE", accountId="acme.example", stage="Closed Won"))
    lost = await api.post(f"{HOOK}/crm", event("DEAL_LOST", contact={"email": ROBIN}))
    assert not lost["connection"]["shouldProcess"]
    assert not (await api.post(f"{HOOK}/social", event("like", to=ROBIN)))["connection"]["shouldProcess"]
    assert [kind for kind, _ in await outcomes(client, run)] == [
        "touched",
        "meeting_booked",
        "deal_won",
        "deal_won",
    ]


async def test_the_key_may_stand_in_the_query_and_nothing_else_gets_in(
    api: Caller, connect: Any, tenant: Any, new_tenant: Any, outsider: httpx.AsyncClient, run: str
):
    path = f"/api/v2/{HOOK}/emails"
    sent = event("sent", to=ROBIN, campaignId=run.rpartition("/")[2])
    async with connect() as nobody:
        checked(await nobody.post(path, json=sent), 401)
        checked(await nobody.post(path, params={"api_key": "sp_wrong"}, json=sent), 401)
        assert checked(await nobody.post(path, params={"api_key": tenant.secret}, json=sent), 200)["received"]
        checked(await nobody.get("/api/v2/api-key/validate", params={"api_key": tenant.secret}), 401)
        viewer = (await new_tenant(Role.VIEWER, tenant.name)).secret
        checked(await nobody.post(path, params={"api_key": viewer}, json=sent), 403)
    # The run of another workspace is not found by its id.
    assert checked(await outsider.post(path, json=sent), 200)["additionalData"]["recorded"] == []


@pytest.mark.parametrize(
    ("family", "body", "said"),
    [
        ("emails", event("liked"), "eventType"),
        ("emails", {"eventType": "sent"}, "eventTimestamp"),
        ("emails", event("sent", to=[{"email": 7}]), "email"),
        ("emails", event("sent", eventTimestamp="yesterday"), "eventTimestamp"),
        ("crm", event("DEAL_WON", amount=-1), "amount"),
        ("crm", event("DEAL_WON", amount="NaN"), "amount"),
        ("emails", [1], "JSON object"),
    ],
)
async def test_a_mistake_is_named(api: Caller, family: str, body: Any, said: str):
    assert said in (await api.post(f"{HOOK}/{family}", body, expect=400))["message"]


async def test_a_tool_with_one_address_for_all_its_events_is_understood_where_it_speaks_a_known_form(
    client: httpx.AsyncClient, run: str
):
    run_id = run.rpartition("/")[2]
    where = f"/api/v2/analytics/webhook/receive?connectionOId={run_id}"
    at = {"eventTimestamp": "2026-03-02T09:00:00Z"}
    mail = at | {"eventType": "sent", "subject": "Hello", "to": "robin@acme.example"}
    met = at | {"eventType": "MEETING_BOOKED", "contact": "robin@acme.example"}
    call = at | {"eventType": "completed", "participants": ["robin@acme.example"]}
    alien = {"subscriptionType": "contact.propertyChange"}
    broken = at | {"eventType": "reply", "headers": 7}
    answer = checked(await client.post(where, json=[mail, met, call, alien, broken]), 200)
    events = answer["additionalData"]["events"]
    assert [one["outcome"] for one in events] == ["touched", "meeting_booked", "touched", None, None]
    assert all(one["recorded"][0]["runId"] == run_id for one in events[:3])
    assert answer["connection"]["shouldProcess"] is True
    assert "none that is known" in answer["_metadata"]["message"]
    assert "'headers'" in events[4]["because"]
    single = checked(await client.post(f"{where}&api_key=unused", json=mail), 200)
    assert single["_metadata"]["message"] == "OK"
    assert single["additionalData"]["recorded"][0]["isNew"] is False
    assert checked(await client.post(where, json={}), 200)["connection"]["shouldProcess"] is False
    for body in (b"[]", b"[1]", b"", b"7", b"[{}"):
        checked(await client.post(where, content=body), 400)
    checked(await client.post("/api/v2/analytics/webhook/receive", json=mail), 400)
