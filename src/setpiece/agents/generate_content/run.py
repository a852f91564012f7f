"""The content agent: choose, gather, and put it into sections or into the caller's JSON."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from setpiece.agents.document import cited, render
from setpiece.agents.generate_content.json_fill import Filler
from setpiece.agents.generate_content.json_meaning import Meaning
from setpiece.agents.generate_content.json_schema import ReadSchema, problems, read_schema
from setpiece.agents.generate_content.page import ReadPage, quotations, read_page
from setpiece.agents.generate_content.piece import Piece, compose
from setpiece.agents.generate_content.schemas import ContentRun
from setpiece.agents.matched import matched
from setpiece.agents.material import NOBODY, Material, gather_material, outcome_of, prospect_for
from setpiece.agents.model import AgentType
from setpiece.agents.provenance import Cited
from setpiece.agents.running import Outcome, Run, Runnable
from setpiece.agents.sequence.messages import nobody
from setpiece.agents.sequence.schemas import SequenceRun
from setpiece.agents.sequence.writer.instruct import Directives, read_instructions
from setpiece.agents.told import told_in

_PAGE_CHARACTERS = 4_000
"""Of a page that take part in the choice: its beginning says what it is about."""


async def generate_content(run: Run[ContentRun]) -> Outcome:
    """Write a piece for somebody, or for nobody in particular.

    Raises:
        Invalid: a pinned id is not in this workspace, or the URL is not that of a public text page.
    """
    request = run.request
    told = told_in(run)
    if not (run.identity or told or request.url or request.customContext):
        return Outcome(f"{nobody()} A runtimeContext, a url or a customContext will do as well.")
    with run.timing.stage("read"):
        read = await read_page(run.tools.page_reader, request.url)
    prospect = replace(
        prospect_for(run.identity or NOBODY, told),
        company_facts=read.page.text[:_PAGE_CHARACTERS] if read.page else None,
    )
    material = await gather_material(run, told, SequenceRun(customContext=request.customContext), prospect)
    if isinstance(material, Outcome):
        return material
    with run.timing.stage("write"):
        return _written(run, material, read)


CONTENT = Runnable(
    AgentType.CONTENT,
    "generate-content",
    "Write a piece for a person or company",
    ContentRun,
    generate_content,
)


def _written(run: Run[ContentRun], material: Material, read: ReadPage) -> Outcome:
    settings = run.agent.settings
    directives, notes = _instructed(settings)
    quotes = quotations(read.page, material)
    if read.problem or (read.page and not quotes):
        notes.append(read.problem or "Nothing on the page bears on what is offered, so it is not quoted.")
    piece = compose(material, quotes, directives)
    schema = read_schema(settings)
    content, sources, said = _as_json(material, piece, schema)
    wanted = run.request.outputFormat or settings.get("outputFormat") or ("JSON" if schema.schema else "TEXT")
    text = (
        json.dumps(content, ensure_ascii=False, indent=2)
        if wanted == "JSON"
        else render(piece.title, piece.sections, wanted)
    )
    data = {"content": text, "jsonContent": content, **matched(material.selection)}
    return outcome_of(run, material.selection, data, sources, [*material.gaps, *notes, *said])


def _as_json(
    material: Material, piece: Piece, read: ReadSchema
) -> tuple[dict[str, Any], list[Cited], list[str]]:
    """The JSON by the caller's schema, or the piece's own sections; what it rests on; what to know about it."""
    sources = cited(piece.sections)
    if read.schema is None:
        return (
            _own_json(piece),
            sources,
            [f"The JSON schema was not used. {read.problem}"] if read.problem else [],
        )
    filler = Filler(Meaning(material, piece))
    content = filler.fill(read.schema)
    broken = problems(read.schema, content)
    said = [f"jsonContent does not follow the schema: {', '.join(broken)}."] if broken else []
    return content, [*sources, *filler.cited], [*read.notes, *said]


def _own_json(piece: Piece) -> dict[str, Any]:
    sections = [
        {
            "id": section.id,
            "heading": section.heading,
            "text": section.text,
            "items": [line.text for line in section.lines if line.is_item],
        }
        for section in piece.sections
    ]
    return {"title": piece.title, "sections": sections}


def _instructed(settings: Mapping[str, Any]) -> tuple[Directives, list[str]]:
    """The agent's instructions, and what of them has no effect on a piece."""
    instructed = read_instructions({"all": settings.get("instructions") or ""}, 1)
    directives, notes = instructed.for_all, list(instructed.notes)
    of_emails = {
        "tone": directives.tone,
        "ps": directives.ps,
        "sign-off": directives.sign_off or directives.signed_as,
    }
    notes += [
        f"The {name} has no effect: it belongs to emails."
        for name, value in of_emails.items()
        if value is not None
    ]
    if settings.get("examples"):
        notes.append("The agent's examples are kept; the embedded writer does not imitate them.")
    return directives, notes
