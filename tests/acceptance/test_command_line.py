"""The command line as a person and as a script use it."""

import json
import os
import pty
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from product import SETPIECE, command, printed_key

from setpiece.storage.embedded import EmbeddedPostgres

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "library.yaml"


@pytest.fixture
def data_dir(data_dir: Path) -> Iterator[Path]:
    """Its database is up, so that each of many commands need not start it and stop it."""
    with EmbeddedPostgres(data_dir):
        yield data_dir


@pytest.fixture(scope="module")
def shop(shared_data_dir: Path) -> Path:
    """A data folder whose workspace "Shop" has the example library; it is only read, and run."""
    imported = command(shared_data_dir, "library", "import", str(EXAMPLE), "-w", "Shop")
    assert imported.returncode == 0, imported.stderr
    return shared_data_dir


def on_a_terminal(data_dir: Path, *arguments: str) -> str:
    """What a command writes to a terminal of eighty columns."""
    ours, its = pty.openpty()
    environment = os.environ | {"SETPIECE_DATA_DIR": str(data_dir), "COLUMNS": "80", "NO_COLOR": "1"}
    process = subprocess.Popen([SETPIECE, *arguments], stdout=its, env=environment)
    os.close(its)
    written = b""
    try:
        while part := os.read(ours, 4096):
            written += part
    except OSError:
        pass  # Linux ends a terminal whose other side has closed with an error
    os.close(ours)
    assert process.wait() == 0
    return re.sub(r"\x1b\[[0-9;]*m", "", written.decode())


def test_the_readme_names_every_command():
    told = command(ROOT, "--help").stdout
    names = set(re.findall(r"^│ (\w+)\s{2,}", told, re.MULTILINE)) - {"Library", "Usage"}
    readme = (ROOT / "README.md").read_text()
    assert names
    assert [name for name in sorted(names) if f"setpiece {name}" not in readme] == []


def test_help_fits_eighty_columns():
    lines = command(ROOT, "--help").stdout.splitlines()
    assert max(len(line) for line in lines) <= 80


def test_an_import_shows_itself_first_and_then_is_idempotent(data_dir: Path):
    printed_key(data_dir, "Shop")
    dry = command(data_dir, "library", "import", str(EXAMPLE), "-w", "Shop", "--dry-run")
    assert (dry.returncode, "Nothing was written" in dry.stdout) == (0, True)
    assert command(data_dir, "library", "diff", str(EXAMPLE), "-w", "Shop").returncode == 1
    first = command(data_dir, "library", "import", str(EXAMPLE), "-w", "Shop", "--json")
    assert json.loads(first.stdout)["created"] > 40
    again = command(data_dir, "library", "import", str(EXAMPLE), "-w", "Shop", "--json")
    counts = json.loads(again.stdout)
    assert (counts["created"], counts["updated"], counts["deleted"]) == (0, 0, 0)
    assert command(data_dir, "library", "diff", str(EXAMPLE), "-w", "Shop").returncode == 0


def test_an_export_is_what_an_import_reads(data_dir: Path, tmp_path: Path):
    printed_key(data_dir, "From")
    printed_key(data_dir, "To")
    command(data_dir, "library", "import", str(EXAMPLE), "-w", "From")
    target = tmp_path / "library.yaml"
    assert command(data_dir, "library", "export", str(target), "-w", "From").returncode == 0
    assert command(data_dir, "library", "import", str(target), "-w", "To").returncode == 0
    assert command(data_dir, "library", "diff", str(target), "-w", "To").returncode == 0
    piped = command(data_dir, "library", "export", "-w", "To").stdout
    assert piped == target.read_text()


def test_a_wrong_file_names_every_problem_and_writes_nothing(data_dir: Path, tmp_path: Path):
    printed_key(data_dir, "Shop")
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text("setpiece: 1\npersonas:\n  - name: A\n    painPoint: [x]\n  - painPoints: [y]\n")
    ended = command(data_dir, "library", "import", str(wrong), "-w", "Shop")
    assert ended.returncode == 2
    assert "painPoints" in ended.stderr
    assert "name" in ended.stderr
    assert json.loads(command(data_dir, "library", "export", "-w", "Shop", "--format", "json").stdout) == {
        "setpiece": 1
    }


def test_an_import_into_a_workspace_that_is_not_there_yet_can_be_tried_first(data_dir: Path):
    tried = command(data_dir, "library", "import", str(EXAMPLE), "-w", "New", "--dry-run", "--json")
    assert json.loads(tried.stdout)["created"] > 40
    assert json.loads(command(data_dir, "workspaces", "list", "--json").stdout) == []
    assert command(data_dir, "library", "diff", str(EXAMPLE), "-w", "New").returncode == 3


def test_several_problems_are_told_once_each_on_a_line_of_its_own(shared_data_dir: Path, tmp_path: Path):
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text("setpiece: 1\npersonas:\n  - name: A\n    one: [x]\n    two: [x]\n")
    lines = command(shared_data_dir, "library", "import", str(wrong), "-w", "Shop").stderr.splitlines()
    assert lines[0] == "Error: Nothing was imported:"
    assert ["'one'" in lines[1], "'two'" in lines[2], len(lines)] == [True, True, 3]


def test_a_sequence_prints_the_choice_the_emails_and_their_sources(shop: Path):
    told = command(shop, "sequence", "run", "-w", "Shop", "--job-title", "CISO", "--first-name", "Robin")
    assert told.returncode == 0
    assert "Subject:" in told.stdout
    assert "Hi Robin" in told.stdout
    assert "<- persona" in told.stdout
    assert max(len(line) for line in told.stdout.splitlines()) <= 80
    request_id = told.stdout.splitlines()[-1].removeprefix("Request id: ")
    exported = json.loads(command(shop, "sequence", "export", request_id, "-w", "Shop").stdout)
    assert [one["step"] for one in exported] == list(range(1, len(exported) + 1))


def test_a_sequence_for_nobody_says_what_to_send(shop: Path):
    told = command(shop, "sequence", "run", "-w", "Shop")
    assert (told.returncode, told.stdout) == (3, "")
    assert "jobTitle" in told.stderr
    as_json = command(shop, "sequence", "run", "-w", "Shop", "--json")
    assert (as_json.returncode, json.loads(as_json.stdout)["found"]) == (3, False)


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        pytest.param(["keys", "revoke", "nothing"], 3, "There is no key", id="unknown key"),
        pytest.param(
            ["library", "export", "-w", "Nowhere"], 3, "There is no workspace", id="unknown workspace"
        ),
        pytest.param(["library", "import", "missing.yaml"], 3, "missing.yaml", id="no such file"),
        pytest.param(["demo", "--library", "/"], 2, "Is a directory", id="a folder for the demo"),
        pytest.param(["demo", "--library", __file__], 2, "library/import", id="no library for the demo"),
        pytest.param(["serve", "--host", "192.0.2.1"], 7, "with --host", id="another machine's address"),
        pytest.param(["keys", "list", "--data-dir", __file__], 7, "a file is in its place", id="a file"),
        pytest.param(["keys", "create", "-w", "", "--role", "owner"], 2, "1 to 200", id="empty name"),
        pytest.param(["keys", "create", "--role", "king"], 2, "king", id="unknown role"),
    ],
)
def test_an_error_is_one_sentence_on_standard_error_with_its_code(
    shared_data_dir: Path, arguments: list[str], code: int, told: str
):
    ended = command(shared_data_dir, *arguments)
    assert ended.returncode == code
    assert told in ended.stderr
    assert ended.stderr.count("Error") == 1
    assert ended.stdout == "" or arguments[0] == "demo"
    assert "Traceback" not in ended.stderr


def test_keys_are_listed_masked_and_revoked_by_what_the_list_shows(data_dir: Path):
    secret = printed_key(data_dir, "Shop")
    (listed,) = json.loads(command(data_dir, "keys", "list", "--json").stdout)
    assert secret not in json.dumps(listed)
    assert command(data_dir, "keys", "revoke", listed["id"]).returncode == 0
    assert command(data_dir, "keys", "revoke", listed["id"]).returncode == 4
    assert json.loads(command(data_dir, "keys", "list", "--json").stdout)[0]["revoked"]


def test_the_list_of_keys_can_be_copied_from_a_terminal_of_eighty_columns(data_dir: Path):
    printed_key(data_dir, "A workspace with a long name")
    (key,) = json.loads(command(data_dir, "keys", "list", "--json").stdout)
    shown = on_a_terminal(data_dir, "keys", "list")
    assert key["key"] in shown
    assert max(len(line) for line in shown.splitlines()) <= 80
    assert command(data_dir, "keys", "revoke", key["key"]).returncode == 0


def test_output_that_finds_no_room_is_no_bug(data_dir: Path):
    printed_key(data_dir, "Shop")
    with Path("/dev/full").open("w") as full:
        ended = subprocess.run(
            [SETPIECE, "library", "export", "-w", "Shop", "--data-dir", data_dir],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert (ended.returncode, ended.stderr) == (
        7,
        "Error: The output cannot be written: No space left on device.\n",
    )


def test_whatever_prints_data_prints_json_when_asked(data_dir: Path):
    printed_key(data_dir, "Shop")
    command(data_dir, "library", "import", str(EXAMPLE), "-w", "Shop")
    run = json.loads(
        command(data_dir, "sequence", "run", "-w", "Shop", "--job-title", "CISO", "--json").stdout
    )
    for arguments in (
        ["library", "export", "-w", "Shop"],
        ["sequence", "export", run["requestId"], "-w", "Shop"],
        ["workspaces", "freeze", "Shop"],
        ["workspaces", "thaw", "Shop"],
        ["workspaces", "voices", "Shop", "off"],
        ["keys", "list"],
    ):
        assert json.loads(command(data_dir, *arguments, "--json").stdout), arguments


def test_a_workspace_is_frozen_and_thawed(data_dir: Path):
    printed_key(data_dir, "Shop")
    command(data_dir, "workspaces", "freeze", "Shop")
    assert json.loads(command(data_dir, "workspaces", "list", "--json").stdout) == [
        {"name": "Shop", "read only": True}
    ]
    for changing in (["library", "import", str(EXAMPLE)], ["sequence", "run", "--job-title", "CISO"]):
        refused = command(data_dir, *changing, "-w", "Shop")
        assert (refused.returncode, refused.stdout) == (5, "")
        assert "read-only" in refused.stderr
    assert command(data_dir, "library", "import", str(EXAMPLE), "-w", "Shop", "--dry-run").returncode == 0
    assert command(data_dir, "library", "export", "-w", "Shop").returncode == 0
    command(data_dir, "workspaces", "thaw", "Shop")
    assert json.loads(command(data_dir, "workspaces", "list", "--json").stdout) == [
        {"name": "Shop", "read only": False}
    ]


def test_voices_of_a_workspace_are_switched_off_and_on(data_dir: Path):
    printed_key(data_dir, "Shop")
    for state, told in (("off", "are not kept"), ("on", "are known again")):
        switched = command(data_dir, "workspaces", "voices", "Shop", state)
        assert (switched.returncode, told in switched.stdout) == (0, True)
        shown = json.loads(command(data_dir, "workspaces", "voices", "Shop", "--json").stdout)
        assert shown == {"name": "Shop", "voices": state == "on"}
    assert command(data_dir, "workspaces", "voices", "Shop", "maybe").returncode == 2
    assert command(data_dir, "workspaces", "voices", "None", "off").returncode == 3


def test_migrate_and_doctor_say_that_all_is_well(empty_data_dir: Path):
    assert json.loads(command(empty_data_dir, "migrate", "--json").stdout)["before"] is None
    again = json.loads(command(empty_data_dir, "migrate", "--json").stdout)
    assert again["before"] == again["after"]
    checks = json.loads(command(empty_data_dir, "doctor", "--json").stdout)
    assert all(check["passed"] for check in checks)


def test_doctor_says_that_a_database_of_ones_own_does_not_answer(data_dir: Path):
    ended = command(data_dir, "doctor", SETPIECE_DATABASE_URL="postgresql://nobody:secret@127.0.0.1:1/none")
    assert ended.returncode == 7
    assert "No connection to the database" in ended.stdout
    assert "secret" not in ended.stdout + ended.stderr


def test_the_demo_writes_emails_for_three_people_and_can_be_repeated(empty_data_dir: Path):
    shown = command(empty_data_dir, "demo", patience_s=300)
    assert shown.returncode == 0, shown.stderr
    assert shown.stdout.count("Example prospect:") == 3
    assert shown.stdout.count("Subject:") >= 7
    assert "Pivot, by the rule: the hypothesis becomes another" in shown.stdout
    assert max(len(line) for line in shown.stdout.splitlines()) <= 80
    assert "make serve" in shown.stdout
    again = json.loads(command(empty_data_dir, "demo", "--json", patience_s=300).stdout)
    assert [len(again[part]) for part in ("playbooks", "sequences")] == [2, 3]


def test_lint_of_a_file_needs_no_database_and_its_exit_code_serves_a_pipeline(
    empty_data_dir: Path, tmp_path: Path
):
    clean = command(empty_data_dir, "library", "lint", str(EXAMPLE))
    assert (clean.returncode, "Clean" in clean.stdout) == (0, True)
    assert not (empty_data_dir / "postgres").exists()
    broken = tmp_path / "broken.yaml"
    broken.write_text(
        "setpiece: 1\npersonas:\n  - name: A\n    commonJobTitles: [CEO]\n    painPoints: [TBD]\n  - name: B\n"
    )
    found = command(empty_data_dir, "library", "lint", str(broken))
    assert found.returncode == 8
    assert "placeholder" in found.stdout
    shown = json.loads(command(empty_data_dir, "library", "lint", str(broken), "--json").stdout)
    assert shown["counts"]["error"] == 1
    assert shown["findings"][0]["places"][0]["field"] == "painPoints"
    mild = tmp_path / "mild.yaml"
    mild.write_text("setpiece: 1\npersonas:\n  - name: A\n    painPoints: [Late reports]\n")
    assert command(empty_data_dir, "library", "lint", str(mild)).returncode == 8
    assert command(empty_data_dir, "library", "lint", str(mild), "--fail-on", "error").returncode == 0
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text("setpiece: 1\npersonas:\n  - painPoints: [x]\n")
    assert command(empty_data_dir, "library", "lint", str(wrong)).returncode == 2


def test_lint_of_a_workspace_says_what_lint_of_its_file_says(shop: Path):
    clean = command(shop, "library", "lint", "-w", "Shop")
    assert (clean.returncode, "Clean" in clean.stdout) == (0, True)
