"""`setpiece programs`, from a spec to a decision."""

import json
from pathlib import Path

from product import command


def test_a_playbook_is_made_run_and_judged_from_the_command_line(data_dir: Path, tmp_path: Path):
    spec = tmp_path / "spec.yaml"
    spec.write_text(
        "name: Series B\nmode: outbound\nbuddyId: prospect\nstrategy: {hypothesis: They answer}\n"
    )
    target = ("--metric", "reply_rate", "--target", "0.06", "--json")
    made = json.loads(command(data_dir, "programs", "create", str(spec), *target).stdout)["playbook"]
    assert (
        "active, version 2" in command(data_dir, "programs", "edit", made["id"], "--status", "active").stdout
    )
    run = json.loads(command(data_dir, "programs", "run", made["id"], "--json").stdout)["run"]
    touched = [
        {"kind": "touched", "email": f"a@c{n}.example", "at": "2026-01-05", "sourceEventId": str(n)}
        for n in range(80)
    ]
    reported = tmp_path / "outcomes.json"
    reported.write_text(json.dumps({"outcomes": [*touched, {"kind": "liked"}], "xComplete": True}))
    told = command(data_dir, "programs", "outcomes", made["id"], run["id"], "--report", str(reported)).stdout
    assert "80 recorded, 0 duplicates, 1 rejected" in told
    assert "outcome 80: 'kind' must be one of" in told
    decision = command(data_dir, "programs", "decision", made["id"]).stdout
    assert "80 accounts have had time to answer and 0 answered well" in decision
    assert "█  full: 10" in decision
    unknown = command(data_dir, "programs", "show", "pb_x")
    assert (unknown.returncode, unknown.stderr.count("\n")) == (3, 1)
