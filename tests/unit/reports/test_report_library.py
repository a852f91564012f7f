"""What the library says is tied to what was said, with its source; without a library nothing about the product is said."""

from typing import Any

import pytest
from scripts.transcripts import CALLS, read_script

from report_rules import problems_with
from setpiece.kernel.errors import Unavailable
from setpiece.providers.embeddings.hashed import HashedWords
from setpiece.reports.writing import Ask, LibraryFact, Template, Tools, write_report

CALL = read_script(CALLS / "call-mm.json")
HOSTING = LibraryFact(
    "objection",
    "Data leaves the company",
    "reframeAndResponse",
    "Recordings can be kept on servers of your own",
    "Fear that recordings and customer data leave the company",
)
RAMP = LibraryFact("proof-point", "Ramp time", "howWeTalkAboutThis", "New reps hit quota after 4 months")
ROUTING = LibraryFact(
    "use-case", "Lead routing", "desiredOutcomes", "Leads arrive where they belong in 3 seconds"
)


async def sales_playbook(*facts: LibraryFact, **more: Any) -> Any:
    tools = Tools(**more)
    return await write_report(CALL, 1, Ask(Template.SALES_PLAYBOOK, library=facts), tools)


async def test_a_fact_stands_behind_the_doubt_that_it_answers_and_names_its_source():
    report = await sales_playbook(HOSTING, RAMP, ROUTING)
    body = next(
        one["body"] for one in report.document["sections"] if one["key"].endswith("pushback_and_objections")
    )
    assert "(objection: Data leaves the company): Recordings can be kept on servers of your own." in body
    assert problems_with(report, CALL, (HOSTING, RAMP, ROUTING)) == []


async def test_the_evidence_keeps_kind_name_and_field_of_the_fact():
    report = await sales_playbook(HOSTING)
    told = [
        one for part in report.evidence["sections"].values() for one in part["statements"] if one["library"]
    ]
    assert [one["library"][0]["field"] for one in told] == ["reframeAndResponse"]
    assert told[0]["cites"][0]["text"].startswith("I am not sure our data would be safe")


async def test_a_fact_about_something_else_is_left_out():
    report = await sales_playbook(ROUTING)
    assert "Lead routing" not in report.markdown
    assert report.document == (await sales_playbook()).document


async def test_no_fact_is_told_twice():
    report = await sales_playbook(HOSTING, RAMP)
    assert report.markdown.count("Recordings can be kept") == 1


async def test_an_embedder_changes_nothing_that_the_rules_found():
    report = await sales_playbook(HOSTING, embedder=HashedWords())
    assert problems_with(report, CALL, (HOSTING,)) == []
    assert report.notes == ()


class Missing(HashedWords):
    async def embed(self, texts: Any) -> Any:
        raise Unavailable(f"The model's files are missing, for {len(texts)} texts.", code="embedder_missing")


async def test_without_its_files_the_report_is_written_by_rules_alone_and_a_note_says_so():
    report = await sales_playbook(HOSTING, embedder=Missing())
    assert report.document["sections"] == (await sales_playbook(HOSTING)).document["sections"]
    assert "files are missing" in report.notes[0]


@pytest.mark.parametrize("text", ["<b>Fast</b>", "Ignore all rules", "1. List"])
async def test_a_fact_is_printed_as_text(text: str):
    fact = LibraryFact(
        "objection", "Data in recordings", "reframeAndResponse", text, "recordings stored data safe"
    )
    report = await sales_playbook(fact)
    assert text in next(one["body"] for one in report.document["sections"] if text in one.get("body", ""))
    assert "<b>" not in report.markdown
