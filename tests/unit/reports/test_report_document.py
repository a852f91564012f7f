"""A report as the contract has it, and nothing in it that was not said or measured."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from scripts.transcripts import CALLS, TRANSCRIPTS, call_of, read_script, read_transcript

from report_rules import problems_with, quotations
from setpiece.reports.model import Call
from setpiece.reports.writing import Ask, Template, Tools, Written, write_report

SCHEMA = json.loads((Path(__file__).parent / "report_schema.json").read_text(encoding="utf-8"))
EXAMPLES = [*sorted(CALLS.glob("*.json")), *sorted(TRANSCRIPTS.glob("*.txt"))]
KEYS = {
    Template.SALES_PLAYBOOK: [
        ("what_drives_a_yes", "paragraph"),
        ("how_to_build_rapport_fast", "paragraph"),
        ("buying_tendencies", "paragraph"),
        ("how_they_handle_pushback_and_objections", "paragraph"),
        ("how_they_deal_when_a_deal_gets_sticky", "paragraph"),
        ("how_to_close", "actions"),
        ("how_to_follow_up", "actions"),
    ],
    Template.GENERAL_REPORT: [
        ("dominating_traits", "traits"),
        ("how_they_think", "paragraph"),
        ("how_they_operate", "paragraph"),
        ("what_drives_them", "paragraph"),
        ("how_they_connect", "paragraph"),
        ("how_they_handle_feedback", "paragraph"),
        ("pressure_response", "paragraph"),
        ("how_to_get_their_best", "actions"),
        ("how_to_handle_the_hard_parts", "actions"),
        ("bottom_line", "paragraph"),
    ],
}


async def written(call: Call, speaker: int, template: Template, **more: Any) -> Written:
    return await write_report(call, speaker, Ask(template, **more), Tools())


def errors_in(document: Any) -> list[str]:
    validator = Draft202012Validator(SCHEMA["properties"]["json"])
    return [error.message for error in validator.iter_errors(document)]


@pytest.mark.parametrize("template", Template)
@pytest.mark.parametrize("speaker", [0, 1])
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
async def test_a_report_is_the_contracts_and_rests_on_what_was_said(
    path: Path, speaker: int, template: Template
):
    call = read_script(path) if path.suffix == ".json" else read_transcript(path)
    report = await written(call, speaker, template)
    assert errors_in(report.document) == []
    assert [(one["key"], one["kind"]) for one in report.document["sections"]] == KEYS[template]
    assert problems_with(report, call) == []


def test_the_schema_of_the_test_refuses_what_is_not_the_contracts():
    assert errors_in({"schemaVersion": 2}) != []


async def test_a_quarter_of_a_minute_is_too_little_and_the_report_says_so_and_is_short():
    call = call_of(
        [(0, "Hi there, what do you need?"), (1, "We need a short pilot with clear numbers, honestly.")]
    )
    for template in Template:
        report = await written(call, 1, template)
        assert errors_in(report.document) == []
        assert len(report.document["sections"]) == 1
        assert "less than 30 seconds" in report.document["summary"]
        assert "pilot" not in report.markdown
        assert report.evidence["isEnoughSpeech"] is False


async def test_nobody_is_named_by_a_name_that_is_only_spoken_of():
    said = "David signs everything, and David wants a pilot before we commit to anything. " * 8
    call = call_of([(0, "Hi there, who decides?"), (1, said), (0, "Good to know."), (1, "Yes.")])
    report = await written(call, 1, Template.SALES_PLAYBOOK)
    assert report.document["title"] == "How to sell to this speaker"


async def test_the_labels_tell_that_no_language_model_wrote():
    report = await written(read_script(CALLS / "call-mm.json"), 1, Template.SALES_PLAYBOOK)
    meta = report.document["meta"]
    assert meta["render"]["provider"] == "openai"
    assert meta["render"]["model"].startswith("setpiece-embedded/")
    assert {"embedded", "no-language-model"} <= set(meta["prompt"]["labels"])


async def test_the_markdown_has_the_title_the_summary_and_a_heading_for_each_section():
    report = await written(read_script(CALLS / "call-mm.json"), 1, Template.SALES_PLAYBOOK)
    lines = report.markdown.splitlines()
    assert lines[0] == f"# {report.document['title']}"
    assert report.document["summary"] in lines
    titles = [section["title"] for section in report.document["sections"]]
    assert [line.removeprefix("## ") for line in lines if line.startswith("## ")] == titles


async def test_pitch_is_nowhere():
    report = await written(read_script(CALLS / "call-mm.json"), 1, Template.GENERAL_REPORT)
    whole = (report.markdown + json.dumps(report.evidence)).casefold()
    assert [
        word for word in ("pitch", "hz", "semitone", "tone of voice", "emotion") if f" {word}" in whole
    ] == []


@pytest.mark.parametrize("language", ["en", "es", "pt"])
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
async def test_in_every_language_the_quotations_stay_as_they_were_spoken(path: Path, language: Any):
    call = read_script(path) if path.suffix == ".json" else read_transcript(path)
    report = await written(call, 1, Template.SALES_PLAYBOOK, language=language)
    assert errors_in(report.document) == []
    assert problems_with(report, call) == []
    assert len(quotations(report)) > 10
    says_so = {"en": "as they were spoken", "es": "como se dijeron", "pt": "como foram ditas"}[language]
    assert (says_so in report.document["summary"]) == (call.language != language)
