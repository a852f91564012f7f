"""docs/samples.md is what the writer writes today, over libraries that a workspace could import."""

import re
from pathlib import Path

import pytest
from scripts.samples import LEADS, PAGE, leads, samples

from setpiece.library.transfer.reading import read_path
from setpiece.library.transfer.yaml_text import parse_yaml

LIBRARIES = sorted({(LEADS.parent / lead["library"]).resolve() for lead in leads()})


def test_the_page_is_what_the_command_prints():
    assert PAGE.read_text(encoding="utf-8") == samples(), "run: python -m scripts.samples"


def test_the_page_shows_twenty_sequences_over_several_libraries_and_three_languages():
    assert len(leads()) >= 20
    assert len(LIBRARIES) >= 7
    assert {lead.get("lang", "en")[:2] for lead in leads()} == {"en", "es", "pt"}


@pytest.mark.parametrize("path", LIBRARIES, ids=lambda path: path.name)
def test_a_library_of_the_page_can_be_imported(path: Path):
    document = read_path(path)
    assert document.problems.kept == []
    assert document.entries


def test_no_internal_name_is_on_the_page():
    names = {
        entry["internalName"]
        for path in LIBRARIES
        for entries in parse_yaml(path.read_text(encoding="utf-8")).values()
        if isinstance(entries, list)
        for entry in entries
        if entry.get("internalName") and entry["internalName"] != entry["name"]
    }
    page = PAGE.read_text(encoding="utf-8")
    assert len(names) > 20
    assert [name for name in names if len(name) > 4 and re.search(rf"\b{re.escape(name)}\b", page)] == []
