"""What the documents say about this repository is true of it."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
LOCKS = sorted(ROOT.glob("requirements*.txt"))

LINK = re.compile(r"\]\(([^)#\s]+)[^)]*\)")
MAKE_TARGET = re.compile(r"(?:`|^ {4}|^\$ )make ([a-z]+)", re.MULTILINE)
DEFINED_TARGET = re.compile(r"^([a-z]+):", re.MULTILINE)


def relative(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("document", DOCUMENTS, ids=relative)
def test_every_link_to_a_file_leads_to_one(document: Path):
    links = [link for link in LINK.findall(document.read_text(encoding="utf-8")) if "://" not in link]
    assert [link for link in links if not (document.parent / link).exists()] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=relative)
def test_every_make_target_that_is_named_exists(document: Path):
    defined = DEFINED_TARGET.findall((ROOT / "Makefile").read_text(encoding="utf-8"))
    assert set(MAKE_TARGET.findall(document.read_text(encoding="utf-8"))) <= set(defined)


@pytest.mark.parametrize("lock", LOCKS, ids=relative)
def test_a_lock_names_no_place_to_download_from(lock: Path):
    assert "://" not in lock.read_text(encoding="utf-8")


def test_every_decision_record_has_its_four_parts():
    parts = ("## Context", "## Decision", "## Consequences", "## Alternatives")
    records = sorted(ROOT.glob("docs/decisions/[0-9]*.md"))
    incomplete = [r.name for r in records if any(part not in r.read_text(encoding="utf-8") for part in parts)]
    assert incomplete == []
