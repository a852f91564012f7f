"""A plan as lines."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest

from setpiece.library.model import Entity, Offerings
from setpiece.library.product import PRODUCT
from setpiece.library.transfer.model import Action, Change, ImportPlan
from setpiece.library.transfer.render import WIDTH, render_plan, summary
from setpiece.workspaces.model import Member

ENTITY = Entity(
    UUID(int=1), UUID(int=2), "product", "a", "Name", None, None, None, True, {}, [], Offerings(),
    Member(UUID(int=3), "Test", "Member"), datetime(2026, 1, 1, tzinfo=UTC),
)  # fmt: skip


def change(action: Action = Action.CREATE, name: str = "Name", **fields: tuple[object, object]) -> Change:
    diff = {field: {"before": before, "after": after} for field, (before, after) in fields.items()}
    return Change(action, PRODUCT, "a", ENTITY, replace(ENTITY, name=name), diff)


@pytest.mark.parametrize(
    ("planned", "line"),
    [
        pytest.param(change(), '+ product a "Name"', id="new"),
        pytest.param(change(Action.DELETE), '- product a "Name"', id="deleted"),
        pytest.param(
            change(Action.UPDATE, capabilities=(["a"], ["a", "b"]), summary=("x", "y")),
            "~ product a: capabilities (+1 −0), summary",
            id="changed",
        ),
        pytest.param(
            change(Action.UPDATE, capabilities=(["a", "b"], ["b", "a"])),
            "~ product a: capabilities (order)",
            id="another order",
        ),
        pytest.param(
            change(Action.UPDATE, capabilities=(None, ["b"]), summary=("x", None), offerings=("all", ["x"])),
            "~ product a: capabilities (+1 −0), summary, offerings",
            id="emptied and filled",
        ),
        pytest.param(change(name="a\nb\x1b[2J"), '+ product a "a b [2J"', id="control characters"),
    ],
)
def test_a_change_is_one_line(planned: Change, line: str):
    assert render_plan(ImportPlan([planned], [], 34)) == [line, "= 34 unchanged"]


def test_no_line_is_wider_than_a_terminal():
    lines = render_plan(ImportPlan([change(name="word " * 50)], [], 0))
    assert [len(line) for line in lines] == [WIDTH]
    assert lines[0].endswith("…")


def test_a_plan_without_changes_says_so_and_counts():
    assert render_plan(ImportPlan([], [ENTITY], 0)) == [
        "= 0 unchanged",
        "  1 of them will be known by the key in the file",
    ]
    assert summary(ImportPlan([change()], [], 2)) == {
        "created": 1,
        "updated": 0,
        "deleted": 0,
        "unchanged": 2,
    }
