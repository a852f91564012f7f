"""`setpiece report`, with the real models on the example call."""

import json
import os
import signal
import subprocess
from pathlib import Path

import pytest
from product import PATIENCE_S, SETPIECE, command, wait_for

HEARING_S = 600  # takes 20 s; the machine may hear other calls at the same time
CALL = Path(__file__).parents[2] / "examples" / "calls" / "call-mm.mp3"


@pytest.fixture(scope="module")
def reported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder in which the example call was reported on, beside what came out."""
    data_dir = tmp_path_factory.mktemp("report") / "data"
    out = data_dir.with_suffix(".md")
    arguments = ("report", str(CALL), "--target", "the buyer", "--out", str(out), "--json")
    made = command(data_dir, *arguments, patience_s=HEARING_S)
    assert made.returncode == 0, made.stderr
    data_dir.with_suffix(".json").write_text(made.stdout)
    data_dir.with_suffix(".err").write_text(made.stderr)
    return data_dir


def test_it_writes_the_report_and_says_who_was_meant(reported: Path):
    answer = json.loads(reported.with_suffix(".json").read_text())
    assert reported.with_suffix(".md").read_text() == answer["report"]["markdown"]
    assert answer["report"]["json"]["template"] == "sales_playbook"
    assert (answer["target"]["strategy"], answer["target"]["usedFallback"]) == ("magic_hint", False)
    quotes = [
        quote["text"]
        for section in answer["evidence"]["sections"].values()
        for statement in section["statements"]
        for quote in statement["quotes"]
    ]
    assert quotes
    assert [one for one in quotes if one not in answer["report"]["markdown"]] == []


def test_it_shows_each_stage(reported: Path):
    told = reported.with_suffix(".err").read_text()
    assert [name for name in ("Listening", "Writing") if name not in told] == []


def test_it_leaves_no_key_behind(reported: Path):
    keys = json.loads(command(reported, "keys", "list", "--json").stdout)
    assert keys
    assert [one for one in keys if one["revoked"] is None] == []


def test_nobody_who_fits_is_said_in_one_line(reported: Path):
    arguments = ("report", str(CALL), "--target", "the person from the moon office")
    ended = command(reported, *arguments, patience_s=HEARING_S)
    assert ended.returncode == 3
    assert ended.stderr.splitlines()[-1].startswith("Error: ")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("missing.mp3",), 3),
        ((str(CALL.with_suffix(".json")),), 2),
        ((str(CALL), "--template", "poem"), 2),
        ((str(CALL), "--speakers", "0"), 2),
        ((str(CALL), "--out", "missing/report.md"), 2),
    ],
)
def test_wrong_input_is_an_error_with_its_code(reported: Path, arguments: tuple[str, ...], code: int):
    ended = command(reported, "report", *arguments)
    assert (ended.returncode, "Error: " in ended.stderr, ended.stdout) == (code, True, "")


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_interrupted_it_cancels_the_job_and_leaves_no_key(tmp_path: Path, how: signal.Signals):
    told = tmp_path / "told"
    environment = os.environ | {"SETPIECE_LOG_LEVEL": "info", "SETPIECE_LOG_FORMAT": "json"}
    words = [SETPIECE, "report", CALL, "--data-dir", tmp_path / "data"]
    with (
        told.open("wb") as stderr,
        subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=stderr, env=environment) as asked,
    ):
        # What was not heard of cannot be canceled; when a worker has kept a first result of it, its answer has long arrived.
        wait_for(lambda: '"stage_kept"' in told.read_text())
        asked.send_signal(how)
        assert asked.wait(PATIENCE_S) == 130
    assert "/cancel" in told.read_text()
    assert "Traceback" not in told.read_text()
    keys = json.loads(command(tmp_path / "data", "keys", "list", "--json").stdout)
    assert [one["revoked"] is None for one in keys] == [False]
