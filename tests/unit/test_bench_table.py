"""The table that `make bench` ends with."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

TABLE = Path(__file__).resolve().parents[2] / "bench" / "table.py"


@pytest.fixture(scope="module")
def table() -> ModuleType:
    """Loaded by its path: the benchmarks are not installed."""
    spec = importlib.util.spec_from_file_location("bench_table", TABLE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("row", "met"),
    [
        pytest.param({"measured": 4.9, "target": 5}, True, id="below-the-most"),
        pytest.param({"measured": 5.1, "target": 5}, False, id="above-the-most"),
        pytest.param({"measured": 30, "baseline": 20, "target": 1.5}, True, id="ratio-just-within-the-most"),
        pytest.param({"measured": 31, "baseline": 20, "target": 1.5}, False, id="ratio-above-the-most"),
        pytest.param({"measured": 40, "baseline": 100, "target": 0.4, "bound": "least"}, True, id="least-met"),
        pytest.param({"measured": 39, "baseline": 100, "target": 0.4, "bound": "least"}, False, id="least-missed"),
        pytest.param({"measured": 39, "baseline": 100}, None, id="for-information"),
    ],
)  # fmt: skip
def test_a_row_says_whether_its_target_was_met(table: ModuleType, row: dict[str, float], met: bool | None):
    assert table.Row(what="create", unit="ms", **row).met is met


def test_the_table_marks_what_missed_its_target_and_names_it(table: ModuleType):
    rows = [
        table.Row("create", 300, "/s", 1000, 0.4, "least"),
        table.Row("get", 6.5, "ms", None, 10),
        table.Row("depth", 2, "ms", 1),
    ]
    heading, create, get, depth = table.render(rows).splitlines()
    assert heading.split() == ["what", "measured", "baseline", "ratio", "target", "met"]
    assert create.split() == ["create", "300", "/s", "1,000", "/s", "0.30", "≥", "0.4", "NO"]
    assert get.split() == ["get", "6.50", "ms", "≤", "10", "ms", "yes"]
    assert depth.split() == ["depth", "2.00", "ms", "1.00", "ms", "2.00"]
    assert table.missed(rows) == ["create"]
