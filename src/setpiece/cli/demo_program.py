"""The demo's executable playbook: leads in, emails written and approved, a simulated inbox, evidence, and a pivot with its reason."""

import asyncio
import csv
import io
import random
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

from setpiece.cli.client import ask
from setpiece.cli.output import wrapped
from setpiece.cli.sparkline import sparkline
from setpiece.kernel.errors import Invalid, Unavailable

_ROOT = "/v1/playbooks"
LEADS = 36
_BATCHES = 18
_EVERY = timedelta(days=2)
_PATIENCE_S = 180.0
_SEED = 7
_TOLD = 4  # every fourth decision is put into words; the line of bars has them all
_FIRST_NAMES = ("Alex", "Charlie", "Dana", "Jo", "Kim", "Robin", "Sam")
_TITLES = ("Head of Revenue Operations", "VP Sales", "Director of Sales Operations", "Chief Revenue Officer")
# What comes back, and how often: an invented inbox, in which one of twenty-five answers well where the target is one of five.
_ANSWERS = (
    ("positive_reply", 0.04),
    ("negative_reply", 0.10),
    ("auto_reply", 0.12),
    ("bounced", 0.03),
    ("unsubscribed", 0.03),
)
PLAYBOOK: dict[str, Any] = {
    "name": "Setpiece demo: heads of RevOps who hire",
    "mode": "outbound",
    "buddyId": "prospect",
    "status": "active",
    "leadSource": {"sampleSize": LEADS},
    "strategy": {
        "hypothesis": "Teams that hire their first SDRs want every message written down before the new people start",
        "successMetric": "reply_rate",
        "successTarget": 20,
    },
    "adaptation": {
        "minSampleSize": 20,
        "xAlternatives": [
            {
                "changes": "hypothesis",
                "to": "Teams whose founder still writes the emails want to hand that over without losing the tone",
                "name": "Founders who write",
            }
        ],
    },
    "xDelivery": {"channel": "export", "dailyCap": 100, "budget": 2 * LEADS},
}
"""With a target of 20 %, so that some thirty leads are enough to tell; a real program needs hundreds."""


class DemoProgram:
    """One run of it over HTTP; `step` and `say` tell what happens."""

    def __init__(
        self, client: httpx.AsyncClient, step: Callable[[str], None], say: Callable[[str], None]
    ) -> None:
        self._client = client
        self._step = step
        self._say = say

    async def show(self) -> dict[str, Any]:
        self._say("")
        self._step(f"Example program: {PLAYBOOK['name'].partition(': ')[2]}")
        program = await self._make()
        run = await self._execute(program)
        messages = await self._approve(run)
        evidence = await self._answer(program, run, messages)
        pivot = await self._pivot(program)
        return {"playbook": program, "run": run, "evidence": evidence, "pivot": pivot}

    async def _make(self) -> str:
        """The playbook with its leads, in place of one that an earlier demo made."""
        for older in (await self._ask("GET", ""))["playbooks"]:
            if older["name"] == PLAYBOOK["name"]:
                await self._ask("DELETE", f"/{older['id']}")
        made = (await self._ask("POST", "", json=PLAYBOOK))["playbook"]
        self._tell(f"Hypothesis: {made['strategy']['hypothesis']}")
        sent = await self._ask(
            "POST", f"/{made['id']}/leads/import", content=leads(), headers={"content-type": "text/csv"}
        )
        self._tell(
            f"{sent['list']['counts']['added']} example leads from a CSV file; the target is 20 replies of 100"
        )
        return str(made["id"])

    async def _execute(self, program: str) -> str:
        """The path of a run whose messages are written."""
        started = time.monotonic()
        made = (await self._ask("POST", f"/{program}/run", json={"execute": True}))["run"]
        run = f"/{program}/runs/{made['id']}"
        shown = await self._wait(run)
        counts = ", ".join(f"{count} {state.replace('_', ' ')}" for state, count in shown["counts"].items())
        self._tell(
            f"Drawn at random, qualified, matched and written in {time.monotonic() - started:.0f} s: {counts}; "
            f"{shown['credits']} credits"
        )
        return run

    async def _wait(self, run: str) -> dict[str, Any]:
        """How the run stands when a worker has written everything."""
        deadline = time.monotonic() + _PATIENCE_S
        while time.monotonic() < deadline:
            shown: dict[str, Any] = (await self._ask("GET", f"{run}/execution"))["execution"]
            if shown["state"] not in ("drawing", "writing"):
                return shown
            await asyncio.sleep(0.3)
        raise Unavailable("No worker has written the messages in time.")

    async def _approve(self, run: str) -> list[dict[str, Any]]:
        """Messages of the run, approved and taken out: nothing is sent by a demo."""
        messages: list[dict[str, Any]] = (await self._ask("GET", f"{run}/messages?limit=500"))["messages"]
        written = [one for one in messages if one["emails"]]
        first = written[0]
        self._tell(
            f"Waiting for a yes, for one: {first['lead']['jobTitle']} at {first['lead']['companyName']}"
        )
        self._say(wrapped(f"Subject: {first['emails'][0]['subject']}", "      "))
        for line in first["emails"][0]["body"].split("\n"):
            self._say(wrapped(line, "      "))
        changed = (await self._ask("POST", f"{run}/messages/approve", json={"all": True}))["changed"]
        answer = await self._client.post(f"{_ROOT}{run}/export", json={"format": "csv"})
        rows = list(csv.DictReader(io.StringIO(answer.raise_for_status().text)))
        self._tell(f"{changed} approved; {len(rows)} rows taken out for a sending tool, each once")
        return written

    async def _answer(self, program: str, run: str, messages: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """The decisions on a simulated inbox, two leads more each time, until the evidence is enough."""
        self._say("")
        self._step("A simulated inbox: seeded answers, two emails every other day")
        decisions: list[dict[str, Any]] = []
        for outcomes in simulated(messages, datetime.now(UTC)):
            sent = {"outcomes": outcomes, "xComplete": True}
            await self._ask("POST", f"{run}/outcomes", json=sent)
            decision = (await self._ask("GET", f"/{program}/decision"))["decision"]
            decisions.append(decision)
            if len(decisions) % _TOLD == 0 or decision["state"] == "pivot":
                self._tell(_standing(decision))
            if decision["state"] == "pivot":
                break
        needed = decisions[-1]["evidence"]["eNeeded"]
        grown = [one["evidence"]["eValue"] for one in decisions]
        self._tell(
            f"Evidence that the target is missed: {sparkline(grown, needed)} (full: {needed:g}, enough)"
        )
        self._say(wrapped(decisions[-1]["sentence"], "    "))
        return decisions

    async def _pivot(self, program: str) -> dict[str, Any]:
        """The pivot that the rule allows now, unless a worker has made it a moment ago."""
        with suppress(Invalid):
            await self._ask("POST", f"/{program}/pivots", json={})
        pivot: dict[str, Any] = (await self._ask("GET", f"/{program}/pivots"))["pivots"][0]
        self._say("")
        self._step(f"Pivot, by the rule: the {pivot['xChanges']} becomes another")
        for mark, side in (("-", "from"), ("+", "to")):
            self._say(wrapped(f"{mark} {pivot[side]['strategy'][pivot['xChanges']]}", "    ", "  "))
        self._tell(f"Epoch {pivot['xOpenedEpoch']} begins with no evidence. It can be taken back.")
        return pivot

    async def _ask(self, method: str, path: str, **options: Any) -> dict[str, Any]:
        return await ask(self._client, method, _ROOT + path, **options)

    def _tell(self, text: str) -> None:
        self._say(wrapped(text, "    ", "  "))


def leads() -> bytes:
    """A list of people whom nobody is meant by: each at an example company of their own."""
    rows = [
        f"lead{n}@company{n}.example,{_FIRST_NAMES[n % len(_FIRST_NAMES)]},{_TITLES[n % len(_TITLES)]},Example Company {n},company{n}.example"
        for n in range(1, LEADS + 1)
    ]
    return "\n".join(["email,first_name,title,company,domain", *rows, ""]).encode()


def simulated(messages: list[dict[str, Any]], now: datetime) -> list[list[dict[str, Any]]]:
    """What an inbox would have received, batch by batch, the last of which is over: the same for the same messages."""
    chance = random.Random(_SEED)  # noqa: S311  # nothing is secret here, and it has to be the same each time
    size = -(-len(messages) // _BATCHES)
    batches = []
    for place in range(_BATCHES):
        sent_at = now - _EVERY * (
            _BATCHES - place + 2
        )  # three days ago or more, so that every window is over
        batch: list[dict[str, Any]] = []
        for message in messages[place * size : (place + 1) * size]:
            who = {"leadId": message["leadId"], "accountId": message["accountId"]}
            source = f"demo:{message['id']}"
            batch.append(_event(who, "touched", sent_at, f"{source}:sent"))
            if kind := _drawn(chance.random()):
                batch.append(_event(who, kind, sent_at + timedelta(days=1), f"{source}:answer"))
        batches.append(batch)
    return batches


def _drawn(number: float) -> str | None:
    for kind, share in _ANSWERS:
        number -= share
        if number < 0:
            return kind
    return None


def _event(who: dict[str, str], kind: str, at: datetime, source: str) -> dict[str, Any]:
    return who | {"kind": kind, "at": at.isoformat(), "sourceEventId": source}


def _standing(decision: dict[str, Any]) -> str:
    evidence = decision["evidence"]
    return (
        f"{evidence['samples']:>2} accounts had time to answer, {evidence['successes']} answered well: "
        f"evidence {evidence['eValue']:.1f} of {evidence['eNeeded']:g}"
    )
