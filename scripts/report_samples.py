"""Writes docs/sample-reports.md: reports on the written calls of examples/, as the embedded writer writes them today.

python -m scripts.report_samples            writes the page
python -m scripts.report_samples --print    only prints it
"""

import asyncio
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from scripts.transcripts import CALLS, ROOT, TRANSCRIPTS, read_script, read_transcript

from setpiece.reports.model import Call
from setpiece.reports.writing import Ask, Template, Tools, Written, write_report
from setpiece.reports.writing.model import Language

PAGE = ROOT / "docs" / "sample-reports.md"
_ABOUT = """\
# Sample reports

Written by the embedded writer, without a language model, with `python -m scripts.report_samples`, which a test repeats; nothing here was edited by hand.
The calls are made up and stand in [`examples/`](../examples): no such people, companies or products. How a report is made is in [reports.md](reports.md).
"""
_EVIDENCE_OF = "how_they_handle_pushback_and_objections"


@dataclass(frozen=True, slots=True)
class Sample:
    path: Path
    about: str
    speaker: int = 1
    template: Template = Template.SALES_PLAYBOOK
    language: Language = "en"
    shows_evidence: bool = False


_MM = CALLS / "call-mm.json"
SAMPLES = (
    Sample(_MM, "the shipped example call, the buyer", shows_evidence=True),
    Sample(_MM, "the same buyer, the general report", template=Template.GENERAL_REPORT),
    Sample(_MM, "the same buyer, in Spanish: quotations stay in English", language="es"),
    Sample(_MM, "the same call, the one who sells: little shows how they buy", speaker=0),
    Sample(TRANSCRIPTS / "discovery.txt", "a first call, the buyer"),
    Sample(TRANSCRIPTS / "demo_objections.txt", "a demo with doubts, the buyer"),
    Sample(TRANSCRIPTS / "renewal_pressure.txt", "a renewal that got more expensive, the customer"),
    Sample(TRANSCRIPTS / "payroll.txt", "a call after a form on a site, the buyer"),
    Sample(TRANSCRIPTS / "technical_evaluation.txt", "three people, the engineer"),
    Sample(TRANSCRIPTS / "technical_evaluation.txt", "the same call, her manager", speaker=2),
    Sample(TRANSCRIPTS / "spanish.txt", "a first call in Spanish, the buyer", language="es"),
    Sample(
        TRANSCRIPTS / "spanish.txt",
        "the same buyer, the general report",
        template=Template.GENERAL_REPORT,
        language="es",
    ),
    Sample(TRANSCRIPTS / "portuguese.txt", "a second call in Portuguese, the buyer", language="pt"),
)


def main() -> None:
    page = samples()
    if "--print" in sys.argv:
        sys.stdout.write(page)
    else:
        PAGE.write_text(page, encoding="utf-8")


def samples() -> str:
    """The whole page."""
    return asyncio.run(_samples())


async def _samples() -> str:
    parts = [await _sample(number, one) for number, one in enumerate(SAMPLES, start=1)]
    return "\n".join([_ABOUT, *parts])


def call_of(path: Path) -> Call:
    return read_script(path) if path.suffix == ".json" else read_transcript(path)


async def _sample(number: int, sample: Sample) -> str:
    written = await write_report(
        call_of(sample.path), sample.speaker, Ask(sample.template, sample.language), Tools()
    )
    title = f"## {number}. {sample.about[:1].upper()}{sample.about[1:]}"
    source = (
        f"Call `{sample.path.relative_to(ROOT)}`, speaker {sample.speaker}, template `{sample.template}`."
    )
    return "\n".join([title, "", source, "", *_lowered(written.markdown), "", *_evidence(sample, written)])


def _lowered(markdown: str) -> list[str]:
    """Headings two levels down, under the sample's own."""
    return [f"##{line}" if line.startswith("#") else line for line in markdown.rstrip().split("\n")]


def _evidence(sample: Sample, written: Written) -> Iterator[str]:
    if sample.shows_evidence:
        told = json.dumps(written.evidence["sections"][_EVIDENCE_OF], ensure_ascii=False, indent=2)
        yield from (f"The evidence of `{_EVIDENCE_OF}`:", "", "```json", told, "```", "")


if __name__ == "__main__":
    main()
