"""The end of a report's job is told to the address that was named with it and to the workspace's endpoints."""

import hashlib
import hmac
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import orjson
import pytest
from workbench import Tenant, Workbench, until

from receiver import Arrived, Receiver, receiving
from setpiece.events.delivering import Dispatch
from setpiece.events.delivery_repository import DeliveryRepository, WantedDeliveries
from setpiece.events.model import Delivery, DeliveryStatus, Endpoint, Outcome
from setpiece.events.pump import Bounds, Pump, delivering
from setpiece.events.schemas import EndpointCreate, EndpointUpdate
from setpiece.events.secrets import signing_secret
from setpiece.events.service import (
    create_endpoint,
    delete_endpoint,
    get_endpoint,
    list_deliveries,
    redeliver,
    rotate_secret,
    send_test,
    update_endpoint,
)
from setpiece.events.tasks import LogClock, forget_old_events
from setpiece.jobs.model import Callback, Job
from setpiece.jobs.queue import enqueue
from setpiece.jobs.repository import JobRepository
from setpiece.kernel.clock import now
from setpiece.kernel.ids import show
from setpiece.providers.webhooks.http import HttpWebhooks, SendingBounds

REPORT = {"reportId": "rpt_0AbCdEfGhIjKlMnOpQrStU"}
QUICK = Bounds(poll_s=0.05)
SENDING = SendingBounds(connect_timeout_s=1, answer_timeout_s=5, total_timeout_s=5)


def dispatch_of(bench: Workbench, **changes: Any) -> Dispatch:
    sender = HttpWebhooks(SENDING, allow_private=True)
    return replace(Dispatch(bench.tenants, sender, waits_s=(0.05, 0.05), quiet_s=0), **changes)


@asynccontextmanager
async def sending(bench: Workbench, bounds: Bounds = QUICK, **changes: Any) -> AsyncIterator[None]:
    async with delivering(bench.owner, dispatch_of(bench, **changes), bounds):
        yield


async def ended(
    tenant: Tenant, url: str | None = None, *, kind: str = "report.generate", headers: Any = None, **end: Any
) -> Job:
    """A job that is over: it succeeded with `result`, or failed with `error`."""
    async with tenant.work() as work:
        callback = Callback(url, headers or {}) if url else None
        job = await enqueue(work, kind, {}, callback=callback)
        await end_job(work, job, **end)
    return job


async def end_job(work: Any, job: Job, result: Any = REPORT, error: str | None = None) -> None:
    jobs = JobRepository(work.scope)
    begun = await jobs.begin(job.id)
    assert begun
    if error:
        assert await jobs.take_back(job.id, 0, error)
    else:
        assert await jobs.succeed(begun, result)


async def endpoint(tenant: Tenant, url: str, *wanted: str) -> Endpoint:
    async with tenant.work() as work:
        body = EndpointCreate(url=url, events=list(wanted or ["*"]))
        return await create_endpoint(work, body, lambda _: None)


async def log_of(tenant: Tenant, **wanted: Any) -> list[Delivery]:
    async with tenant.work() as work:
        return list((await list_deliveries(work, WantedDeliveries(**wanted), 100))[0])


async def over(tenant: Tenant, count: int = 1) -> list[Delivery]:
    """The log, once that many deliveries are over."""

    async def all_over() -> list[Delivery] | None:
        found = await log_of(tenant)
        done = [one for one in found if one.status is not DeliveryStatus.PENDING]
        return found if len(done) >= count else None

    found: list[Delivery] = await until(all_over)
    return found


async def secret_of(tenant: Tenant) -> str:
    async with tenant.work() as work:
        return await signing_secret(work.scope, None)


def check_conduit(arrived: Arrived, secret: str) -> Any:
    """The body, if the one header has exactly `t` and `v1` and they are right."""
    t, v1 = (part.split("=") for part in arrived.headers["conduit-signature"].split(","))
    assert (t[0], v1[0]) == ("t", "v1")
    signed = hmac.new(secret.encode(), f"{t[1]}.".encode() + arrived.body, hashlib.sha256).hexdigest()
    assert v1[1] == signed
    return orjson.loads(arrived.body)


async def test_a_report_is_told_as_the_contract_has_it(bench: Workbench, tenant: Tenant):
    async with receiving() as receiver, sending(bench):
        job = await ended(tenant, receiver.url, headers={"x-tenant": "7"})
        (delivery,) = await over(tenant)
    (arrived,) = receiver.arrived
    told = check_conduit(arrived, await secret_of(tenant))
    assert set(told) == {"id", "type", "createdAt", "timestamp", "data"}
    assert told["type"] == "report.completed"
    assert told["data"] == {"jobId": show("job", job.id), "status": "succeeded", **REPORT}
    assert told["createdAt"].endswith("Z")
    assert arrived.headers["x-tenant"] == "7"
    assert "webhook-signature" not in arrived.headers
    assert (delivery.status, delivery.attempts, delivery.job_id) == (DeliveryStatus.DELIVERED, 1, job.id)


@pytest.mark.parametrize(
    ("kind", "end", "type_", "data"),
    [
        ("report.generate", {"error": "It died."}, "report.failed", {"status": "failed"}),
        ("matching.generate", {"error": "It died."}, "matching.failed", {"status": "failed"}),
        (
            "matching.generate",
            {"result": {"matchingId": "mat_1"}},
            "matching.completed",
            {"status": "succeeded", "matchingId": "mat_1"},
        ),
    ],
)
async def test_each_end_has_its_type_and_data(
    bench: Workbench, tenant: Tenant, kind: str, end: Any, type_: str, data: Any
):
    async with receiving() as receiver, sending(bench):
        job = await ended(tenant, receiver.url, kind=kind, **end)
        await over(tenant)
    told = orjson.loads(receiver.arrived[0].body)
    error = told["data"].pop("error", None)
    assert (told["type"], told["data"]) == (type_, {"jobId": show("job", job.id), **data})
    if "error" in end:
        assert error == {"code": error["code"], "message": "It died."}
        assert error["code"]


async def test_the_official_client_takes_every_form(bench: Workbench, tenant: Tenant):
    conduit = pytest.importorskip("conduit", reason="mappa-conduit needs Python 3.12")
    ends: Any = {
        ("report.generate", "report.completed"): {},
        ("report.generate", "report.failed"): {"error": "It died."},
        ("matching.generate", "matching.completed"): {"result": {"matchingId": "mat_1"}},
        ("matching.generate", "matching.failed"): {"error": "It died."},
    }
    async with receiving([500, 500]) as receiver, sending(bench):
        for (kind, _), end in ends.items():
            await ended(tenant, receiver.url, kind=kind, **end)
        await over(tenant, 4)
    secret = await secret_of(tenant)
    with conduit.Conduit(api_key="sk_none", base_url="http://setpiece.example") as client:
        for one in receiver.arrived:
            assert client.webhooks.verify_signature(one.body, one.headers, secret)
            with pytest.raises(conduit.errors.WebhookVerificationError):
                client.webhooks.verify_signature(one.body + b" ", one.headers, secret)
        told = [client.webhooks.parse_event(one.body) for one in receiver.arrived]
    assert {one.type for one in told} == {type_ for _, type_ in ends}
    assert (len(told), len({one.id for one in told})) == (6, 4)


async def test_an_end_that_is_not_committed_and_a_job_of_another_kind_are_not_told(
    bench: Workbench, tenant: Tenant
):
    await endpoint(tenant, "https://hooks.example/")
    async with tenant.work() as work:
        job = await enqueue(work, "report.generate", {})
    async with bench.tenants.bound(tenant.id) as scope:
        undone = scope.connection.transaction()
        await undone.start()
        begun = await JobRepository(scope).begin(job.id)
        assert begun
        assert await JobRepository(scope).succeed(begun, REPORT)
        await undone.rollback()
    await ended(tenant, kind="example")
    assert await log_of(tenant) == []


async def test_where_nobody_listens_nothing_is_written(tenant: Tenant):
    await endpoint(tenant, "https://hooks.example/", "file.*")
    await ended(tenant)
    async with tenant.work() as work:
        assert await work.connection.fetchval("select count(*) from webhook_events") == 0


async def test_it_is_tried_again_with_the_same_body_and_signed_anew(bench: Workbench, tenant: Tenant):
    clock = iter(now() + timedelta(seconds=number) for number in range(100))
    sender = HttpWebhooks(SENDING, allow_private=True, now=lambda: next(clock))
    async with receiving([500, 302]) as receiver, sending(bench, sender=sender):
        await ended(tenant, receiver.url)
        (delivery,) = await over(tenant)
    secret = await secret_of(tenant)
    assert len({check_conduit(one, secret)["id"] for one in receiver.arrived}) == 1
    assert len({one.body for one in receiver.arrived}) == 1
    assert len({one.headers["conduit-signature"] for one in receiver.arrived}) == 3
    assert [one.outcome for one in delivery.outcomes] == [Outcome.BROKEN, Outcome.REDIRECT, Outcome.ACCEPTED]


async def test_after_the_last_wait_it_is_a_dead_letter_and_can_be_sent_again(
    bench: Workbench, tenant: Tenant
):
    async with receiving([500] * 3) as receiver, sending(bench):
        await ended(tenant, receiver.url)
        (dead,) = await over(tenant)
        assert (dead.status, dead.attempts, dead.due_at) == (DeliveryStatus.DEAD, 3, None)
        assert await log_of(tenant, status=DeliveryStatus.DEAD) == [dead]
        async with tenant.work() as work:
            again = await redeliver(work, show("dlv", dead.id))
        assert again.status is DeliveryStatus.PENDING
        (delivered,) = await over(tenant)
    assert (delivered.status, delivered.attempts) == (DeliveryStatus.DELIVERED, 4)
    assert len({one.body for one in receiver.arrived}) == 1


async def test_410_stops_it_and_switches_an_endpoint_off(bench: Workbench, tenant: Tenant):
    async with receiving([410, 410]) as receiver, sending(bench):
        made = await endpoint(tenant, receiver.url)
        await ended(tenant, receiver.url)
        deliveries = await over(tenant, 2)
        assert [one.status for one in deliveries] == [DeliveryStatus.DEAD] * 2
        await ended(tenant)
    assert len(receiver.arrived) == 2
    assert len(await log_of(tenant)) == 2
    async with tenant.work() as work:
        found = await get_endpoint(work, show("whe", made.id))
    assert "410" in str(found.disabled_because)


async def test_an_endpoint_gets_what_it_wants_by_standard_webhooks(bench: Workbench, tenant: Tenant):
    async with receiving() as receiver, sending(bench):
        made = await endpoint(tenant, receiver.url, "report.*")
        await endpoint(tenant, receiver.url, "matching.failed", "file.*")
        await ended(tenant)
        await ended(tenant, kind="matching.generate", result={"matchingId": "mat_1"})
        (delivery,) = await over(tenant)
    (arrived,) = receiver.arrived
    assert arrived.verified(made.secret)["type"] == "report.completed"
    assert arrived.headers["webhook-id"] == arrived.verified(made.secret)["id"]
    assert "conduit-signature" not in arrived.headers
    assert delivery.endpoint_id == made.id


async def test_for_a_day_both_secrets_sign(bench: Workbench, tenant: Tenant):
    async with receiving() as receiver, sending(bench):
        made = await endpoint(tenant, receiver.url)
        async with tenant.work() as work:
            rotated = await rotate_secret(work, show("whe", made.id))
        await ended(tenant)
        await over(tenant)
        async with tenant.work() as work:
            await work.connection.execute("update webhook_endpoints set former_until = now()")
        await ended(tenant)
        await over(tenant, 2)
    first, second = receiver.arrived
    assert made.secret != rotated.secret
    assert first.verified(made.secret) == first.verified(rotated.secret)
    assert second.verified(rotated.secret)
    with pytest.raises(Exception, match="No matching signature"):
        second.verified(made.secret)


async def test_a_test_goes_to_one_endpoint_whatever_it_wants(bench: Workbench, tenant: Tenant):
    async with receiving() as receiver, sending(bench):
        made = await endpoint(tenant, receiver.url, "file.failed")
        await endpoint(tenant, receiver.url)
        async with tenant.work() as work:
            await send_test(work, show("whe", made.id))
        await over(tenant)
    (arrived,) = receiver.arrived
    told = arrived.verified(made.secret)
    assert (told["type"], told["data"]["endpointId"]) == ("webhook.test", show("whe", made.id))


async def test_what_is_on_its_way_to_an_endpoint_that_is_switched_off_is_not_sent(
    bench: Workbench, tenant: Tenant
):
    async with receiving() as receiver:
        made = await endpoint(tenant, receiver.url)
        await ended(tenant)
        async with tenant.work() as work:
            body = EndpointUpdate(enabled=False)
            await update_endpoint(work, show("whe", made.id), body, lambda _: None)
        async with sending(bench):
            (delivery,) = await over(tenant)
    assert (delivery.status, receiver.arrived) == (DeliveryStatus.DEAD, [])
    assert [one.outcome for one in delivery.outcomes] == [Outcome.NOT_SENT]


async def test_an_endpoint_that_is_deleted_takes_its_deliveries_along(tenant: Tenant):
    made = await endpoint(tenant, "https://hooks.example/")
    await ended(tenant)
    assert len(await log_of(tenant)) == 1
    async with tenant.work() as work:
        await delete_endpoint(work, show("whe", made.id))
        assert await work.connection.fetchval("select count(*) from webhooks_due") == 0
    assert await log_of(tenant) == []


async def test_why_there_was_no_answer_is_not_told(bench: Workbench, tenant: Tenant):
    async with receiving() as receiver:
        closed = receiver.url
    async with receiving(hangs=True) as hanging:
        sender = HttpWebhooks(SendingBounds(answer_timeout_s=0.2, total_timeout_s=0.2), allow_private=True)
        async with sending(bench, sender=sender, waits_s=()):
            for url in (closed, hanging.url, "http://name.invalid/hook"):
                await ended(tenant, url)
            deliveries = await over(tenant, 3)
    assert {one.outcome for each in deliveries for one in each.outcomes} == {Outcome.NO_ANSWER}


async def test_when_there_was_no_answer_is_not_told_either(bench: Workbench, tenant: Tenant):
    """A closed port refuses at once, and it is noted as late as the silence of one behind a firewall."""
    async with receiving() as receiver:
        closed = receiver.url
    await ended(tenant, closed)
    async with sending(bench, waits_s=(), quiet_s=0.6):
        await over(tenant)
        noted_at = now()
    (delivery,) = await log_of(tenant)
    (tried,) = delivery.outcomes
    assert (noted_at - tried.at).total_seconds() >= 0.6
    assert delivery.ended_at
    assert (delivery.ended_at - tried.at).total_seconds() < 0.01  # when it began, not when it was noted


async def test_a_receiver_that_hangs_keeps_no_other_waiting(bench: Workbench, tenant: Tenant):
    bounds = replace(QUICK, at_once=4, per_target=2)
    async with receiving(hangs=True) as hanging, receiving() as quick:
        for _ in range(10):
            await ended(tenant, hanging.url)
        await ended(tenant, quick.url)
        async with sending(bench, bounds):
            await until(lambda: has_arrived(quick, 1))
            assert len(hanging.arrived) <= 2


async def test_many_events_are_all_told_once_though_two_workers_send(bench: Workbench, tenant: Tenant):
    async with receiving() as receiver:
        await endpoint(tenant, receiver.url)
        async with tenant.work() as work:
            for _ in range(100):
                await end_job(work, await enqueue(work, "report.generate", {}))
        async with sending(bench), sending(bench):
            await over(tenant, 100)
    told = [orjson.loads(one.body)["id"] for one in receiver.arrived]
    assert len(told) == len(set(told)) == 100


async def test_an_attempt_that_died_is_made_again_after_its_lease(bench: Workbench, tenant: Tenant):
    async with receiving(hangs=True) as receiver:
        await ended(tenant, receiver.url)
        pump = Pump(bench.owner, dispatch_of(bench), replace(QUICK, lease_s=0.1))
        assert await pump.begin_due() == 1
        await until(lambda: has_arrived(receiver, 1))
        await pump.stop()
        receiver.hangs = False
        async with sending(bench):
            (delivery,) = await over(tenant)
    assert (delivery.status, delivery.attempts) == (DeliveryStatus.DELIVERED, 2)
    assert len({one.body for one in receiver.arrived}) == 1


async def test_a_worker_that_was_only_slow_changes_nothing_any_more(tenant: Tenant):
    """It took longer than its lease; meanwhile another attempt was begun, and accepted."""
    await ended(tenant, "https://hooks.example/")
    (pending,) = await log_of(tenant)
    async with tenant.work() as work:
        deliveries = DeliveryRepository(work.scope)
        slow, other = [await deliveries.begin(pending.id, work.at) for _ in range(2)]
        assert slow
        assert other
        assert not await deliveries.end(slow, Outcome.BROKEN, work.at)
        assert await deliveries.end(other, Outcome.ACCEPTED, None)
        assert not await deliveries.end(slow, Outcome.BROKEN, work.at)
        assert await deliveries.begin(pending.id, work.at) is None
        assert await work.connection.fetchval("select count(*) from webhooks_due") == 0
    (delivery,) = await log_of(tenant)
    assert (delivery.status, delivery.attempts, len(delivery.outcomes)) == (DeliveryStatus.DELIVERED, 2, 1)


async def test_old_events_that_are_over_are_forgotten(bench: Workbench, tenant: Tenant):
    async with receiving() as receiver, sending(bench):
        await ended(tenant, receiver.url)
        await over(tenant)
    await ended(tenant, "https://hooks.example/")
    async with tenant.work() as work:
        await work.connection.execute("update webhook_events set created_at = now() - interval '31 days'")
    await forget_old_events(LogClock(bench.tenants, bench.owner, 30, now))
    assert [one.status for one in await log_of(tenant)] == [DeliveryStatus.PENDING]


async def test_another_workspace_s_endpoints_hear_nothing(tenant: Tenant, stranger: Tenant):
    await endpoint(stranger, "https://hooks.example/")
    await ended(tenant, "https://hooks.example/")
    assert len(await log_of(tenant)) == 1
    assert await log_of(stranger) == []


async def has_arrived(receiver: Receiver, count: int) -> bool:
    return len(receiver.arrived) >= count
