"""`setpiece eval targets` on a file of calls and hints."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from setpiece.agents.running import Tools
from setpiece.cli.app import app
from setpiece.kernel.errors import Invalid
from setpiece.providers.embeddings.hashed import HashedWords
from setpiece.providers.web.canned import CannedPages

FILE = """
setpiece_targets: 1
transcripts:
  - id: call
    language: en
    turns:
      - {speaker: 0, text: "Hi Maria. How do you plan today?"}
      - {speaker: 1, text: "With spreadsheets. How much does your product cost?"}
cases:
  - {id: a, split: develop, transcript: call, hint: Maria, expect: 1}
  - {id: b, transcript: call, hint: who asked about the cost, expect: 0}
  - {id: c, transcript: call, hint: who mentioned the weather, expect: 1}
  - {id: d, transcript: call, hint: Carlos, expect: none}
"""


class Installed:
    """An installation without a database: written calls need none."""

    def tools(self) -> Tools:
        return Tools(CannedPages({}), HashedWords())


def run(tmp_path: Path, *arguments: str, content: str = FILE):
    path = tmp_path / "targets.yaml"
    path.write_text(content)
    return CliRunner().invoke(app, ["eval", "targets", str(path), *arguments], obj=lambda *_: Installed())


def test_hits_false_hits_and_misses_are_counted(tmp_path: Path):
    result = json.loads(run(tmp_path, "--json").stdout)
    assert result["all"] == {"cases": 4, "hits": 2, "falseHits": 1, "misses": 1}
    assert [(one["case"], one["verdict"]) for one in result["wrong"]] == [("b", "false hit"), ("c", "miss")]


def test_one_half_can_be_judged_and_is_shown_as_a_table(tmp_path: Path):
    shown = run(tmp_path, "--split", "develop").stdout
    assert "split 'develop'" in shown
    assert "false hit" not in shown.splitlines()[-1]


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (
            FILE.replace("transcript: call, hint: Maria", "transcript: other, hint: Maria"),
            "has no transcript 'other'",
        ),
        (FILE.replace("id: b", "id: a"), "has two cases with the id 'a'"),
        (FILE.replace("expect: 0", "expect: buyer"), "expect"),
        ("[]", "A file of hints is an object"),
    ],
)
def test_a_file_that_is_wrong_is_refused_with_the_place(tmp_path: Path, wrong: str, told: str):
    answer = run(tmp_path, content=wrong)
    assert answer.exit_code != 0
    assert isinstance(answer.exception, Invalid)
    assert told in answer.exception.message
