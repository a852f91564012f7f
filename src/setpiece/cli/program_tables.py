"""Executable playbooks on a terminal of 80 columns: lines for people, the evidence as a row of bars."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import typer

from setpiece.cli.output import print_table, wrapped
from setpiece.cli.sparkline import sparkline

Record = Mapping[str, Any]
_BARS = 60
"""Columns of the row of bars: with what stands beside it, a line."""
_KINDS = ("touched", "positive_reply", "neutral_reply", "negative_reply", "meeting_booked", "deal_won")


def print_portfolio(found: Record) -> None:
    """Two lines for each: what it is, and how it stands."""
    if not found["playbooks"]:
        typer.echo("There is no playbook yet; make one with 'setpiece programs create'.")
        return
    for one in found["playbooks"]:
        mark = "failing, " if one["failing"] else ""
        typer.echo(wrapped(f"{one['playbookId']}  {one['status']}, {mark}{_words(one['state'])}"))
        typer.echo(wrapped(one["name"], "    ", "  "))
        if one["evidence"]:
            typer.echo(wrapped(_counted(one["evidence"]), "    "))
    typer.echo(
        f"\n{found['failing']} failing; at most {found['alpha']:.0%} of those are expected to be on target."
    )


def _counted(evidence: Record) -> str:
    return f"{evidence['successes']} of {evidence['samples']} succeeded, evidence {_evidence(evidence)}"


def _evidence(found: Record) -> str:
    """Beside what is enough; beyond a thousand nobody needs the digits."""
    value = "more than 1,000" if found["eValue"] > 1000 else f"{found['eValue']:.3g}"
    return f"{value} of {found['eNeeded']:g}"


def print_playbook(playbook: Record, runs: Sequence[Record]) -> None:
    strategy, adaptation = playbook["strategy"], playbook["adaptation"]
    target = strategy.get("successTarget")
    told = {
        "status": f"{playbook['status']}, version {playbook['xVersion']}, epoch {playbook['xEpoch']}",
        "who": f"{playbook['mode']}, {playbook['buddyId']}",
        "hypothesis": strategy["hypothesis"],
        "channels": ", ".join(strategy["channels"]) or None,
        "success": strategy.get("successMetric") and f"{strategy['successMetric']}, target {target if target is not None else 'none'}",
        "leads": f"{playbook['leadSource']['kind']}, {playbook['leadSource']['sampleSize']} in a draw",
        "pivots": f"after {adaptation['minSampleSize']} at least, {adaptation['pivotWindowDays']} days each, {adaptation['maxPivotsPerWeek']} a week"
        if adaptation["enabled"]
        else "off",
    }  # fmt: skip
    typer.echo(wrapped(f"{playbook['id']}  {playbook['name']}", hang="    "))
    for name, text in told.items():
        if text:
            typer.echo(wrapped(f"{name:<11} {text}", "  ", " " * 12))
    if runs:
        typer.echo("")
        print_runs(runs)


def print_runs(runs: Sequence[Record]) -> None:
    for one in runs:
        metrics = one["metrics"]
        kind = "executed" if one["xExecuted"] else "recorded"
        typer.echo(wrapped(
            f"{one['id']}  {kind}, {one['status']} since {one['startedAt'][:16]}Z, {metrics['successes']} of {metrics['samples']} succeeded",
            hang="    ",
        ))  # fmt: skip


def print_decision(decision: Record, epochs: Sequence[Record]) -> None:
    """The sentence first, then the evidence, what is in the way, and what is still needed."""
    typer.echo(wrapped(f"{decision['playbookId']}  epoch {decision['xEpoch']}: {_words(decision['state'])}"))
    typer.echo(wrapped(decision["sentence"], "  "))
    evidence = decision["evidence"]
    if evidence:
        points: Sequence[Record] = next(
            (one["points"] for one in epochs if one["epoch"] == decision["xEpoch"]), []
        )
        _print_bars(points, evidence["eNeeded"])
        bounds = (
            f"between {evidence['lowerBound']:.1%} and {evidence['upperBound']:.1%}"
            if _is_share(evidence)
            else ""
        )
        typer.echo(wrapped(
            f"evidence {_evidence(evidence)}, p {evidence['anytimeP']:.3g} at any time{', the rate is ' + bounds if bounds else ''}",
            "  ",
        ))  # fmt: skip
    for block in decision["blocks"]:
        typer.echo(wrapped(f"- {block['text']}", "  ", "  "))
    for one in decision["leadsStillNeeded"]:
        if one["more"] != 0:
            more = "more than can be said" if one["more"] is None else f"about {one['more']:,} more"
            typer.echo(wrapped(f"found failing at {one['ifShareOfTarget']:.0%} of the target: {more}", "  "))
    typer.echo(
        wrapped(
            f"{decision['pending']} wait for their {decision['windowDays']} days. {_kinds(decision['outcomes'])}",
            "  ",
        )
    )


def _is_share(evidence: Record) -> bool:
    bounds = (evidence.get("lowerBound"), evidence.get("upperBound"))
    return all(one is not None for one in bounds) and "rate" in (evidence.get("target") or {})


def _kinds(outcomes: Mapping[str, int]) -> str:
    told = [f"{outcomes[one]} {one.replace('_', ' ')}" for one in _KINDS if outcomes.get(one)]
    rest = sum(count for kind, count in outcomes.items() if kind not in _KINDS)
    return ", ".join([*told, *([f"{rest} others"] if rest else [])]) + ("." if outcomes else "")


def _print_bars(points: Sequence[Record], needed: float) -> None:
    """Evidence multiplies, so its logarithm is drawn: half way up is the square root of what is needed."""
    values = [math.log(max(one["eValue"] or 0.0, 1.0)) for one in _spread(points)]
    if values:
        typer.echo(f"  {sparkline(values, math.log(needed))}  full: {needed:g}")


def _spread(points: Sequence[Record]) -> list[Record]:
    """As many points as there are columns, evenly over the units that were counted; the last one always."""
    if len(points) <= _BARS:
        return list(points)
    step = (len(points) - 1) / (_BARS - 1)
    return [points[round(place * step)] for place in range(_BARS)]


def print_pivots(pivots: Sequence[Record]) -> None:
    if not pivots:
        typer.echo("It has not changed course.")
    for one in pivots:
        state = "taken back" if one.get("revertedBy") else "applied" if one["applied"] else "not applied"
        typer.echo(wrapped(f"{one['id']}  {one['at'][:16]}Z, {one['by']}, {state}", hang="    "))
        for mark, side in (("-", "from"), ("+", "to")):
            for line in _changes(one.get(side) or {}):
                typer.echo(wrapped(f"{mark} {line}", "    ", "  "))
        typer.echo(wrapped(one["reason"], "    "))


def _changes(patch: Mapping[str, Any], where: str = "") -> list[str]:
    lines: list[str] = []
    for name, value in patch.items():
        if isinstance(value, Mapping):
            lines += _changes(value, f"{where}{name}.")
        else:
            shown = ", ".join(map(str, value)) if isinstance(value, list) else value
            lines.append(f"{where}{name}: {shown}")
    return lines


def print_leads(leads: Sequence[Record]) -> None:
    rows = [
        {
            "id": one["id"],
            "who": one["email"] or one["phone"] or one["externalId"] or one["accountKey"],
            "drawn": (one["drawnAt"] or "")[:10],
        }
        for one in leads
    ]
    print_table(("id", "who", "drawn"), rows, "It has no leads yet; upload some with --import FILE.")


def print_import(found: Record) -> None:
    counts = found["counts"]
    told = ", ".join(f"{counts[name]:,} {_words(name)}" for name in counts if counts[name])
    typer.echo(wrapped(f"{found['id']}  {found['name']}: {told or 'nothing in it'}"))


def print_outcomes(outcomes: Sequence[Record]) -> None:
    rows = [
        {
            "at": one["at"][:16] + "Z",
            "kind": one["kind"],
            "success": "corrected" if one.get("correctedBy") else "yes" if one["isSuccess"] else "",
            "unit": one["unit"],
            "id": one["sourceEventId"],
        }
        for one in outcomes
    ]
    print_table(("at", "kind", "success", "unit", "id"), rows, "Nothing was reported of this run yet.")


def print_corrected(made: Record) -> None:
    typer.echo("Put right." if made["recorded"] else "It was put right so before; nothing was changed.")


def print_reported(counts: Mapping[str, int], results: Sequence[Record]) -> None:
    typer.echo(", ".join(f"{count:,} {name}" for name, count in counts.items()))
    for place, one in enumerate(results):
        if one["status"] == "rejected":
            typer.echo(wrapped(f"outcome {place}: {one['error']['message']}", "  ", "  "))


def print_history(epochs: Sequence[Record]) -> None:
    for one in epochs:
        until = f" to {one['closedAt'][:10]}" if one["closedAt"] else ""
        typer.echo(wrapped(f"Epoch {one['epoch']}, {one['openedAt'][:10]}{until}, {one['why']}"))
        typer.echo(wrapped(one["spec"]["strategy"]["hypothesis"], "  "))
        typer.echo(
            wrapped(
                f"{one['successes']} of {one['samples']} succeeded, {one['touched']} touched, p {one['anytimeP']:.3g}",
                "  ",
            )
        )
        if one["alpha"]:
            _print_bars(one["points"], 1 / one["alpha"])
        if one["pivots"]:
            print_pivots(one["pivots"])


def _words(name: str) -> str:
    return name.replace("_", " ")


def print_messages(execution: Record, messages: Sequence[Record]) -> None:
    """How the run stands, then each message as it would be read."""
    counts = ", ".join(f"{count} {_words(state)}" for state, count in execution["counts"].items())
    typer.echo(
        wrapped(
            f"{_words(execution['state'])}: {counts or 'no lead yet'}; {execution['credits']} credits used"
        )
    )
    for why in [*(one["message"] for one in execution["holds"]), execution.get("error")]:
        if why:
            typer.echo(wrapped(why, "  "))
    for one in messages:
        who = one["lead"].get("email") or one["accountId"]
        typer.echo()
        typer.echo(wrapped(f"{one['id']}  {_words(one['state'])}  {who}", hang="    "))
        if one.get("reason"):
            typer.echo(wrapped(one["reason"], "  "))
        for email in one["emails"]:
            typer.echo(wrapped(email["subject"], "  "))
            for line in email["body"].splitlines():
                typer.echo(wrapped(line, "    ") if line.strip() else "")
