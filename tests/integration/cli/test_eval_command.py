"""`setpiece eval matching` on a file of cases."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from setpiece.agents.running import Tools
from setpiece.cli.app import app
from setpiece.kernel.errors import Invalid
from setpiece.providers.embeddings.hashed import HashedWords
from setpiece.providers.web.canned import CannedPages

LIBRARY = """
setpiece: 1
products: [{key: suite, name: Example Suite}]
personas:
  - {key: seller, name: Sales leader, commonJobTitles: [VP Sales, Head of Sales]}
  - {key: guard, name: Security leader, commonJobTitles: [CISO]}
"""
CASES = """
setpiece_eval: 1
library: library.yaml
cases:
  - {id: t1, split: develop, prospect: {jobTitle: VP of Sales}, expect: {persona: seller}}
  - {id: t2, split: report, prospect: {jobTitle: Head of Sales}, expect: {persona: guard}}
  - {id: t3, split: report, prospect: {jobTitle: Head Chef}, expect: {persona: none}}
"""


class Installed:
    """An installation without a database: a library file needs none."""

    def tools(self) -> Tools:
        return Tools(CannedPages({}), HashedWords())


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    (tmp_path / "library.yaml").write_text(LIBRARY)
    (tmp_path / "cases.yaml").write_text(CASES)
    return tmp_path / "cases.yaml"


def run(*arguments: Any) -> Any:
    return CliRunner(env={"COLUMNS": "80"}).invoke(
        app, ["eval", "matching", *map(str, arguments)], obj=lambda _: Installed()
    )


def test_the_numbers_and_the_misses_are_printed(cases: Path):
    told = run(cases, "--compare")
    assert told.exit_code == 0, told.output
    assert "right one first" in told.output
    assert "t2" in told.output
    assert "rapidfuzz" in told.output
    assert max(map(len, told.output.splitlines())) <= 80


def test_a_split_is_judged_alone(cases: Path):
    found = json.loads(run(cases, "--split", "develop", "--json").output)
    assert [one["case"] for one in found["byTitle"]] == ["t1"]


def test_a_run_is_saved_and_the_next_one_compared_with_it(cases: Path, tmp_path: Path):
    saved = tmp_path / "run.json"
    assert run(cases, "--save", saved).exit_code == 0
    cases.write_text(CASES.replace("{jobTitle: VP of Sales}", "{jobTitle: Barista}"))
    told = run(cases, "--against", saved)
    assert "1 lost" in told.output
    assert "Barista" in told.output


def test_a_split_without_cases_is_said(cases: Path):
    cases.write_text(CASES.replace("develop", "report"))
    told = run(cases, "--split", "develop")
    assert isinstance(told.exception, Invalid)
    assert "no case of the split 'develop'" in told.exception.message


def test_a_file_that_is_not_there_is_said(tmp_path: Path):
    told = run(tmp_path / "missing.yaml")
    assert isinstance(told.exception, Invalid)
    assert "cannot be read" in told.exception.message
