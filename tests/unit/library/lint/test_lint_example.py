"""The example library, and the list of rules in the documents."""

from pathlib import Path

from setpiece.library.lint.catalog import RULES
from setpiece.library.lint.service import lint_document
from setpiece.library.transfer.reading import read_path

ROOT = Path(__file__).parents[4]


def test_the_example_library_is_clean():
    report = lint_document(read_path(ROOT / "examples" / "library.yaml"))
    assert [(one.rule, one.message) for one in report.findings] == []
    assert report.entities > 50


def test_the_document_lists_every_rule_with_its_severity_and_its_sentence():
    text = (ROOT / "docs" / "library-lint.md").read_text(encoding="utf-8")
    rows = [
        [cell.strip() for cell in line.strip("| \n").split("|")]
        for line in text.splitlines()
        if line.startswith("| `")
    ]
    assert {(row[0].strip("`"), row[1], row[2]) for row in rows} == {
        (one.id, one.severity.value, one.about) for one in RULES
    }
