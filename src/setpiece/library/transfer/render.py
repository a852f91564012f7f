"""A plan in plain lines, for a person at a terminal."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from setpiece.library.transfer.model import Action, Change, ImportPlan

WIDTH = 78
"""Columns of the longest line: fits a terminal of 80."""
_SIGN = {Action.CREATE: "+", Action.UPDATE: "~", Action.DELETE: "-"}


def render_plan(plan: ImportPlan, width: int = WIDTH) -> list[str]:
    """A line for each change and one for what stays: `+` new, `~` changed, `-` deleted, `=` unchanged.

    A list shows how many texts come and go: `capabilities (+1 −0)`.
    """
    lines = [_fitted(_line(change), width) for change in plan.changes]
    return [*lines, *_rest(plan)]


def summary(plan: ImportPlan) -> dict[str, int]:
    """How many entities of each fate."""
    return {
        "created": len(plan.of(Action.CREATE)),
        "updated": len(plan.of(Action.UPDATE)),
        "deleted": len(plan.of(Action.DELETE)),
        "unchanged": plan.unchanged,
    }


def describe_change(change: Change) -> dict[str, Any]:
    """A change as structured data."""
    described: dict[str, Any] = {
        "action": change.action,
        "kind": change.kind.name,
        "key": change.key,
        "name": change.after.name,
    }
    return described | ({"fields": change.fields} if change.fields else {})


def _line(change: Change) -> str:
    start = f"{_SIGN[change.action]} {change.kind.name} {change.key}"
    if change.action is Action.UPDATE:
        return f"{start}: {', '.join(_field(name, diff) for name, diff in change.fields.items())}"
    return f'{start} "{change.after.name}"'


def _field(name: str, diff: Mapping[str, Any]) -> str:
    before, after = diff["before"] or [], diff["after"] or []
    if not (isinstance(before, list) and isinstance(after, list)):
        return name
    old, new = Counter(map(repr, before)), Counter(map(repr, after))
    if old == new:
        return f"{name} (order)"
    return f"{name} (+{(new - old).total()} −{(old - new).total()})"


def _rest(plan: ImportPlan) -> Iterator[str]:
    if plan.unchanged or not plan.changes:
        yield f"= {plan.unchanged} unchanged"
    if plan.adopted:
        yield f"  {len(plan.adopted)} of them will be known by the key in the file"


def _fitted(line: str, width: int) -> str:
    line = "".join(character if character.isprintable() else " " for character in line)
    return line if len(line) <= width else f"{line[: width - 1]}…"
