"""`setpiece sequence bulk`: a row for each lead, however often it is interrupted."""

import csv
import os
import signal
import subprocess
from collections import Counter
from pathlib import Path

import pytest
from product import SETPIECE, command, wait_for

EXAMPLE = Path(__file__).parents[2] / "examples" / "library.yaml"
TITLES = ("VP Sales", "Head of Revenue Operations", "CISO", "Founder & CEO")


@pytest.fixture(scope="module")
def filled(shared_data_dir: Path) -> Path:
    imported = command(shared_data_dir, "library", "import", str(EXAMPLE), "--workspace", "Bulk")
    assert imported.returncode == 0, imported.stderr
    return shared_data_dir


def leads_file(folder: Path, count: int) -> Path:
    path = folder / "leads.csv"
    lines = [f"p{n}@example.com,Person {n},{TITLES[n % len(TITLES)]},Example {n}" for n in range(count)]
    path.write_text("\n".join(["email,first_name,title,company", *lines]))
    return path


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


def test_every_lead_gets_a_row_also_one_that_nothing_can_be_written_for(filled: Path, tmp_path: Path):
    leads = leads_file(tmp_path, 3)
    leads.write_text(leads.read_text() + f"\n,,,{'x' * 600}\nz@example.com,A\x00B,CFO,\n")
    out = tmp_path / "out.csv"
    done = command(filled, "sequence", "bulk", str(leads), "--out", str(out), "-w", "Bulk")
    assert done.returncode == 1, done.stderr  # some failed
    assert "3 written" in done.stdout
    assert "2 failed" in done.stdout
    assert all(len(line) <= 80 for line in done.stdout.splitlines() if not line.startswith("Results"))
    rows = rows_of(out)
    assert [row["status"] for row in rows] == ["written"] * 3 + ["failed"] * 2
    assert "'companyName'" in rows[3]["message"]
    assert "NUL" in rows[4]["message"]
    for row in rows[:3]:
        assert row["subject_1"]
        assert row["body_1"].startswith(f"Hi {row['firstName']},")


def test_a_killed_run_goes_on_without_losing_or_repeating_a_lead(filled: Path, tmp_path: Path):
    leads, out = leads_file(tmp_path, 120), tmp_path / "out.csv"
    arguments = ["sequence", "bulk", str(leads), "--out", str(out), "-w", "Bulk", "--format", "smartlead"]
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen(
            [SETPIECE, *arguments],
            env=os.environ | {"SETPIECE_DATA_DIR": str(filled)},
            stdout=log,
            stderr=log,
        )
    wait_for(lambda: out.exists() and len(rows_of(out)) >= 5)
    children = children_of(process.pid)
    process.send_signal(signal.SIGKILL)
    process.wait()
    wait_for(lambda: not any(Path(f"/proc/{child}").exists() for child in children))
    before = rows_of(out)
    assert 5 <= len(before) < 120
    done = command(filled, *arguments)
    assert done.returncode == 0, done.stderr
    assert f"{len(before)} of 120 leads have a row already" in done.stderr
    rows = rows_of(out)
    assert rows[: len(before)] == before
    assert Counter(row["email"] for row in rows) == Counter(f"p{n}@example.com" for n in range(120))
    assert len({row["request_id"] for row in rows}) == 120
    again = command(filled, *arguments)
    assert "0 written" in again.stdout
    assert rows_of(out) == rows


def test_wrong_use_is_told_in_a_sentence(filled: Path, tmp_path: Path):
    leads = leads_file(tmp_path, 1)
    for arguments, code, told in (
        ([str(tmp_path / "none.csv")], 2, "cannot be read"),
        ([str(leads), "--format", "fax"], 2, "no format 'fax'"),
        ([str(leads), "--agent", "ca_x"], 3, "no agent"),
        ([str(leads), "--out", str(leads)], 4, "--out"),
    ):
        done = command(filled, "sequence", "bulk", *arguments, "-w", "Bulk")
        assert done.returncode == code, done.stderr
        assert told in done.stderr
        assert "Traceback" not in done.stderr
    assert leads.read_text().startswith("email,")


def children_of(pid: int) -> list[int]:
    """And the children of those."""
    found = subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True, check=False).stdout
    children = [int(one) for one in found.split()]
    return children + [further for one in children for further in children_of(one)]
