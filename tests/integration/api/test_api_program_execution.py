"""Executed runs: drawn, written, approved, sent once."""

import asyncio
import csv
import io
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from typing import Any

import orjson
import pytest
from caller import Caller
from play_example import make_library
from program_bench import LINKS, NOON, Bench, Killed
from tests.conftest import Connect, Tenant

from setpiece.api.services import Services
from setpiece.kernel.errors import Invalid, Unavailable
from setpiece.programs.execution import preparing
from setpiece.programs.execution.strays import forget_strays
from setpiece.providers.mail.kept import KeptMail
from setpiece.providers.mail.port import STATUS, Mail, Uncertain
from setpiece.storage.database import open_database


def dying(does: Any, on: tuple[int, ...]) -> Any:
    """The same, which is killed when it is called for these times."""
    calls = iter(range(1, 1_000_000))

    async def called(*given: Any) -> Any:
        if next(calls) in on:
            raise Killed
        return await does(*given)

    return called


@pytest.fixture
async def bench(services: Services, dsn: str, tenant: Tenant, connect: Connect) -> AsyncIterator[Bench]:
    async with connect(api_key=tenant.secret) as client:
        await make_library(Caller(client))
    owner = await open_database(dsn, max_size=1, role=None)
    yield Bench(services, owner, tenant.workspace_id, tenant.secret)
    await owner.aclose()


async def test_leads_of_a_list_become_approved_exports_though_the_worker_is_killed_twice(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
):
    program = await bench.playbook(9, leadSource={"sampleSize": 8})
    run = await bench.run(program)
    monkeypatch.setattr(preparing, "write_for", dying(preparing.write_for, on=(3, 9)))
    await bench.work_until_killed()
    assert await bench.counts(run) == {"drawn": 8}
    await bench.work_until_killed()
    await bench.work()
    assert await bench.counts(run) == {"awaiting_approval": 8}
    shown = (await bench.ask("GET", f"{run}/execution"))["execution"]
    assert (shown["state"], shown["credits"], shown["drawn"]["counted"]) == ("awaiting_approval", 16, 9)
    kept = await bench.sql("select request_id from runs where request_id like 'run_%'")
    assert (
        len(kept) == len({row["request_id"] for row in kept}) == 16
    )  # one qualification and one sequence each

    waiting = await bench.messages(run)
    refused, edited, *others = waiting
    assert all(one["emails"] and one["score"] for one in waiting)
    await bench.ask("POST", f"{run}/export", {}, 409)
    assert (await bench.ask("POST", f"{run}/messages/{refused['id']}/reject"))["message"][
        "state"
    ] == "rejected"
    words = {"emails": [{"subject": "Other words", "body": "=1+1"}]}
    await bench.ask("PUT", f"{run}/messages/{edited['id']}", words)
    assert (await bench.ask("POST", f"{run}/messages/approve", {"all": True}))["changed"] == 7
    first = await bench.ask("POST", f"{run}/export", {"format": "csv"}, **{"idempotency-key": "one"})
    again = await bench.ask("POST", f"{run}/export", {"format": "csv"}, **{"idempotency-key": "one"})
    rows = list(csv.DictReader(io.StringIO(first.text)))
    assert first.text == again.text
    assert {row["email"] for row in rows} == {one["lead"]["email"] for one in [edited, *others]}
    assert ("Other words", "'=1+1") in [(row["subject_1"], row["body_1"]) for row in rows]
    await bench.ask("POST", f"{run}/export", {}, 409)  # nothing is left
    (listed,) = (await bench.ask("GET", f"{run}/exports"))["exports"]
    assert (await bench.ask("GET", f"{run}/exports/{listed['id']}")).text == first.text
    assert await bench.counts(run) == {"exported": 7, "rejected": 1}
    assert (await bench.ask("GET", run))["run"]["status"] == "completed"
    touched = await bench.sql("select source_id, at from program_outcomes where kind = 'touched'")
    assert {row["at"] for row in touched} == {NOON}
    assert len(touched) == 7


async def test_mail_goes_out_once_whatever_happens_and_what_is_uncertain_waits_for_a_person(bench: Bench):
    program = await bench.playbook(6)
    later = Unavailable("greylisted", details={STATUS: 450})
    bench.mail = KeptMail([None, Killed(), Invalid("550"), Uncertain("lost"), later])  # type: ignore[list-item]  # nothing catches it
    run = await bench.run(program, delivery={"channel": "smtp", "followUpDays": [2]})
    await bench.work()
    assert (await bench.ask("POST", f"{run}/messages/approve", {"all": True}))["changed"] == 6
    await bench.work_until_killed()
    await bench.work()
    assert await bench.counts(run) == {"approved": 1, "refused": 1, "sent": 2, "uncertain": 2}
    assert len(bench.mail.sent) == 2
    link, _, mailbox = bench.mail.sent[0].headers["List-Unsubscribe"].partition(", ")
    assert link.startswith(f"<{LINKS}/unsubscribe?t=")
    assert mailbox.startswith("<mailto:team@mail.example.com")
    lost, unknown = await bench.messages(run, state="uncertain")
    await bench.look(timedelta(minutes=6))  # what was greylisted is tried again, what is uncertain is not
    assert len({one.id for one in bench.mail.sent}) == len(bench.mail.sent) == 3

    settled = await bench.ask("POST", f"{run}/messages/{lost['id']}/settle", {"arrived": True})
    assert settled["message"]["state"] == "sent"
    await bench.ask("POST", f"{run}/messages/{unknown['id']}/settle", {"arrived": False})
    await bench.work()
    await bench.ask("POST", f"{run}/messages/{unknown['id']}/settle", {"arrived": True}, 409)
    assert await bench.counts(run) == {"refused": 1, "sent": 5}
    assert len(bench.mail.sent) == 4

    answered = (await bench.messages(run, state="sent"))[0]
    reply = {
        "leadId": answered["leadId"],
        "outcome": "positive_reply",
        "at": bench.at.isoformat(),
        "sourceEventId": "r1",
    }
    await bench.ask("POST", f"{run}/outcomes", reply, 201)
    await bench.look(timedelta(days=3))
    follow_ups = bench.mail.sent[4:]
    assert {one.to for one in follow_ups}.isdisjoint({answered["lead"]["email"]})
    assert len(follow_ups) == 4
    assert all(one.follows for one in follow_ups)
    assert (await bench.ask("GET", run))["run"]["status"] == "completed"


async def test_nothing_goes_out_while_anything_forbids_it(bench: Bench):
    program = await bench.playbook(
        8,
        status="draft",
        xDelivery={"channel": "smtp", "approval": "auto", "followUpDays": [], "dailyCap": 99},
    )
    assert bench.mail is not None
    run = await bench.run(program, dailyCap=3, budget=12)
    await bench.work()
    assert await bench.counts(run) == {"approved": 6}  # as many as the budget pays for
    assert await holds_of(bench, run) == ["playbook_not_active"]

    await bench.ask("PUT", f"/{program}", {"status": "active"})
    await bench.ask("PUT", "/kill-switch", {"on": True, "reason": "A wrong price"})
    await bench.ask("PUT", f"/{program}/kill-switch", {"on": True})
    await bench.ask("POST", f"{run}/pause")
    await bench.work()
    switches = {"run_paused", "workspace_kill_switch", "playbook_kill_switch"}
    assert set(await holds_of(bench, run)) == switches
    await bench.ask("POST", f"{run}/resume")
    await bench.ask("PUT", "/kill-switch", {"on": False})
    await bench.work()
    assert bench.mail.sent == []
    first = (await bench.messages(run))[0]
    await bench.suppress(first["lead"]["email"])
    await bench.ask("PUT", f"/{program}/kill-switch", {"on": False})
    await bench.work()
    assert len(bench.mail.sent) == 3
    link = bench.mail.sent[0].headers["List-Unsubscribe"].partition(">")[0].removeprefix(f"<{LINKS}")
    assert bench.mail.sent[0].headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert f"unsubscribe here: {LINKS}{link}\nExample Team, 1 Example Street" in bench.mail.sent[0].body
    await bench.ask_root("POST", link)
    listed = await bench.ask("GET", "/suppressions")
    assert bench.mail.sent[0].to in {one["value"] for one in listed["suppressions"]}
    assert "daily_cap_reached" in await holds_of(bench, run)
    await bench.look(timedelta(hours=11))
    assert len(bench.mail.sent) == 3
    await bench.look(timedelta(hours=2))  # midnight UTC is past
    assert await bench.counts(run) == {"sent": 5, "suppressed": 1}
    assert first["lead"]["email"] not in {one.to for one in bench.mail.sent}
    assert (await bench.ask("GET", run))["run"]["status"] == "completed"
    await bench.ask("POST", f"{run}/resume", None, 409)


async def test_a_webhook_is_handed_each_message_once_and_what_was_for_another_hypothesis_stays(
    bench: Bench, new_tenant: Callable[..., Awaitable[Tenant]]
):
    made = await bench.ask_root("POST", "/v1/webhooks/endpoints", {"url": "https://hooks.example/leads"})
    program = await bench.playbook(3)
    run = await bench.run(program, delivery={"channel": "webhook", "endpointId": made["id"], "minScore": 1})
    await bench.work()
    one, *others = await bench.messages(run)
    await bench.ask("POST", f"{run}/messages/{one['id']}/approve")
    await bench.work()
    told = await bench.sql(
        """select type, data, d.endpoint_id from webhook_events e join webhook_deliveries d on d.event_id = e.id
           where type = 'program.message'"""
    )
    ((kind, data, _),) = map(tuple, told)
    assert (kind, orjson.loads(data)["messageId"]) == ("program.message", one["id"])
    assert orjson.loads(data)["emails"] == one["emails"]
    assert orjson.loads(data)["unsubscribeUrl"].startswith(f"{LINKS}/unsubscribe?t=")
    await bench.ask("PUT", f"/{program}", {"strategy": {"hypothesis": "Something else"}})
    await bench.ask("POST", f"{run}/messages/approve", {"messageIds": [two["id"] for two in others]})
    await bench.work()
    assert await bench.counts(run) == {"approved": 2, "handed_over": 1}
    assert await holds_of(bench, run) == ["epoch_over"]

    erased = await bench.ask("DELETE", f"/leads/{one['leadId']}")
    assert erased
    assert await bench.sql("select 1 from webhook_events where type = 'program.message'") == []
    left = await bench.sql("select 1 from runs where request_id like $1", f"{one['requestId']}%")
    assert left == []
    assert (await bench.ask("PATCH", run, {"status": "cancelled"}))["run"]["status"] == "cancelled"
    assert await bench.counts(run) == {"cancelled": 2}
    again = await bench.run(program)  # whom nothing went out to may be drawn again
    await bench.work()
    assert await bench.counts(again) == {"awaiting_approval": 2}

    stranger = await new_tenant()
    for path in (f"{run}/execution", f"{run}/messages", f"{run}/exports", f"/{program}/kill-switch"):
        await bench.ask("GET", path, None, 404, authorization=f"Bearer {stranger.secret}")
        await bench.ask("GET", path, None, 401, authorization="")


async def test_leads_go_to_the_variant_that_has_done_best_and_their_touch_says_which(bench: Bench):
    prepared = [
        {"changes": "variant", "to": f"under {words} words", "name": name}
        for words, name in ((60, "short"), (90, "long"))
    ]
    program = await bench.playbook(6, adaptation={"xAlternatives": prepared})
    await bench.ask("POST", f"/{program}/pivots", {"alternative": "long"}, 201)
    recorded = (await bench.ask("POST", f"/{program}/run", None, 201))["run"]["id"]
    outcomes = []
    for n, variant in enumerate(["short"] * 30 + ["long"] * 30):
        who = {"accountId": f"account{n}.example", "sourceEventId": f"t{n}", "at": "2026-11-01"}
        outcomes.append(who | {"kind": "touched", "variant": variant})
        if variant == "short":
            outcomes.append(who | {"kind": "positive_reply", "sourceEventId": f"r{n}"})
    history = {"outcomes": outcomes, "xComplete": True}
    await bench.ask("POST", f"/{program}/runs/{recorded}/outcomes", history)
    run = await bench.run(program, delivery={"approval": "auto"})
    await bench.work()
    messages = await bench.messages(run)
    assert {one["variant"] for one in messages} == {"short"}
    assert all(len(one["emails"][0]["body"].split()) <= 60 for one in messages)
    await bench.ask("POST", f"{run}/export", {})
    touched = await bench.sql("select variant from program_units where first_touch_at = $1", NOON)
    assert [row["variant"] for row in touched] == ["short"] * 6


REFUSED: tuple[tuple[dict[str, Any], int, str], ...] = (
    ({"delivery": {"channel": "pigeon"}}, 400, "channel"),
    ({"delivery": {"channel": "webhook"}}, 400, "endpointId"),
    ({"delivery": {"channel": "webhook", "endpointId": "whe_unknown"}}, 404, "endpoint"),
    ({"delivery": {"followUpDays": [5, 3]}}, 400, "larger than the one before"),
    ({"delivery": {"replyTo": "a@example.com, b@example.com"}}, 400, "not one email address"),
    ({"delivery": {"cap": 3}}, 400, "cap"),
    ({"dailyCap": 0}, 400, "dailyCap"),
    ({"delivery": {"agentOId": "ca_unknown"}}, 404, "agent"),
)


async def test_a_run_that_cannot_be_executed_is_refused_and_not_made(bench: Bench):
    program = await bench.playbook(1)
    for asked, status, named in REFUSED:
        answer = await bench.ask("POST", f"/{program}/run", {"execute": True} | asked, status)
        assert named in answer["error"]["message"], asked
    assert (await bench.ask("GET", f"/{program}/runs"))["runs"] == []


async def test_a_run_with_nobody_to_write_to_says_so_and_a_recorded_one_has_no_messages(bench: Bench):
    program = await bench.playbook(1)
    run = await bench.run(program)
    await bench.work()
    again = await bench.run(program)
    await bench.work()
    ended = (await bench.ask("GET", again))["run"]
    assert ended["status"] == "failed"
    assert "Drawn by an earlier run" in ended["xError"]
    recorded = (await bench.ask("POST", f"/{program}/run", None, 201))["run"]["id"]
    answer = await bench.ask("GET", f"/{program}/runs/{recorded}/messages", None, 409)
    assert answer["error"]["code"] == "not_executed"
    await bench.ask("GET", f"{run}/messages/pm_unknown", None, 404)
    known = (await bench.messages(run))[0]["id"]
    for other in ("pm_unknown", recorded):  # all of those named, or none
        await bench.ask("POST", f"{run}/messages/approve", {"messageIds": [known, other]}, 404)
    assert await bench.counts(run) == {"awaiting_approval": 1}


async def holds_of(bench: Bench, run: str) -> list[str]:
    shown = (await bench.ask("GET", f"{run}/execution"))["execution"]
    return [one["code"] for one in shown["holds"]]


class Meanwhile(KeptMail):
    """Something happens while the first mail is on its way."""

    def __init__(self, happens: Callable[[], Awaitable[Any]], failure: Exception | None = None) -> None:
        super().__init__([failure])
        self._happens: Callable[[], Awaitable[Any]] | None = happens

    async def send(self, mail: Mail) -> None:
        if self._happens:
            happens, self._happens = self._happens, None
            await happens()
        await super().send(mail)


@pytest.mark.parametrize(
    "failure", [None, Unavailable("greylisted", details={STATUS: 450})], ids=["sent", "put off"]
)
async def test_who_a_mail_is_on_its_way_to_while_the_run_is_cancelled_is_not_drawn_again(
    bench: Bench, failure: Exception | None
):
    program = await bench.playbook(2)
    delivery = {"channel": "smtp", "approval": "auto"}
    run = await bench.run(program, delivery=delivery)
    bench.mail = Meanwhile(lambda: bench.ask("PATCH", run, {"status": "cancelled"}), failure)
    await bench.work()
    assert await bench.counts(run) == ({"cancelled": 2} if failure else {"cancelled": 1, "sent": 1})
    assert all("nextAt" not in one for one in await bench.messages(run))
    await bench.run(program, delivery=delivery)
    await bench.work()
    assert len({one.to for one in bench.mail.sent}) == len(bench.mail.sent) == 2


async def test_who_is_erased_while_an_agent_writes_leaves_nothing(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
):
    program = await bench.playbook(2)
    run = await bench.run(program)
    wrote = preparing.write_for

    async def erased_meanwhile(*given: Any) -> Any:
        if given[1]["email"] == "lead0@company0.example":
            (lead,) = (await bench.ask("GET", "/leads?email=lead0@company0.example"))["leads"]
            await bench.ask("DELETE", f"/leads/{lead['id']}")
        return await wrote(*given)

    monkeypatch.setattr(preparing, "write_for", erased_meanwhile)
    await bench.work()
    assert await bench.counts(run) == {"awaiting_approval": 1}
    await forget_strays(bench.desk)
    assert await bench.sql("select 1 from runs where input::text like '%lead0@%'") == []
    assert len(await bench.sql("select 1 from runs where request_id like 'run_%'")) == 2


async def test_a_run_whose_worker_dies_too_often_says_what_is_uncertain_and_gives_its_leads_back(
    bench: Bench,
):
    program = await bench.playbook(3)
    bench.mail = KeptMail([Killed()])  # type: ignore[list-item]  # nothing catches it
    delivery = {"channel": "smtp", "approval": "auto"}
    run = await bench.run(program, delivery=delivery)
    await bench.work_until_killed()
    (job_id,) = await bench.queued()
    await bench.sql(
        "update jobs set status = 'failed', error = 'given up', finished_at = now() where id = $1", job_id
    )
    await bench.look(timedelta(minutes=6))
    assert (await bench.ask("GET", run))["run"]["status"] == "failed"
    assert await bench.counts(run) == {"cancelled": 2, "uncertain": 1}
    (lost,) = await bench.messages(run, state="uncertain")
    await bench.ask("POST", f"{run}/messages/{lost['id']}/settle", {"arrived": False})
    assert await bench.counts(run) == {"cancelled": 3}
    await bench.run(program, delivery=delivery)
    await bench.work()
    assert len(bench.mail.sent) == 3
    await bench.ask("DELETE", f"/{program}")  # with follow-ups that wait
    await bench.look(timedelta(days=8))
    await bench.look(timedelta(days=1))
    assert await bench.sql("select 1 from program_due") == []
    assert len(bench.mail.sent) == 3


async def test_who_answers_one_run_ends_what_another_still_writes_to_their_account(bench: Bench):
    program = await bench.playbook(0, leadSource={"sampleSize": 1})
    two = (
        b"email,first_name,title\nann@company0.example,Ann,Controller\nbob@company0.example,Bob,Controller\n"
    )
    await bench.ask("POST", f"/{program}/leads/import", two, 200, **{"content-type": "text/csv"})
    delivery = {"channel": "smtp", "approval": "auto", "followUpDays": [2]}
    runs = []
    for _ in "12":
        runs.append(await bench.run(program, delivery=delivery))
        await bench.work()
    assert bench.mail is not None
    assert {one.to for one in bench.mail.sent} == {"ann@company0.example", "bob@company0.example"}
    reply = {"email": bench.mail.sent[1].to, "kind": "negative_reply", "at": bench.at.isoformat()}
    await bench.ask("POST", f"{runs[1]}/outcomes", reply, 201)
    await bench.look(timedelta(days=3))
    assert len(bench.mail.sent) == 2


async def test_what_was_written_is_kept_though_the_model_does_not_answer_for_another(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
):
    program = await bench.playbook(3)
    run = await bench.run(program)
    wrote, asked = preparing.write_for, []

    async def busy_at_first(*given: Any) -> Any:
        asked.append(given)
        if len(asked) == 1:
            raise Unavailable("The model does not answer.")
        await asyncio.sleep(0.1)
        return await wrote(*given)

    monkeypatch.setattr(preparing, "write_for", busy_at_first)
    await bench.work()
    assert await bench.counts(run) == {"awaiting_approval": 3}
    assert len(asked) == 4  # the two others once
