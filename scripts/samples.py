"""Writes docs/samples.md: full sequences for the people of examples/samples/leads.yaml, as the writer writes them today.

    python -m scripts.samples            writes the page
    python -m scripts.samples --print    only prints it

Which play is used stands with each person: choosing has its own tests, and this page is about the writing.
"""

import json
import sys
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from setpiece.agents.identity import identify
from setpiece.agents.sequence.brief import brief_for
from setpiece.agents.sequence.gather import BESIDE, Chosen, gather
from setpiece.agents.sequence.schemas import SequenceRun
from setpiece.agents.sequence.writer import Brief, Draft, render, write
from setpiece.library.catalog import KINDS
from setpiece.library.kind import Kind
from setpiece.library.model import Entity, Offerings, complete_data
from setpiece.library.playbooks.kind import PLAYBOOK
from setpiece.library.playbooks.model import LinkRole, Playbook, PlaybookType, Status, Traits, UseMode
from setpiece.library.transfer.yaml_text import parse_yaml
from setpiece.workspaces.model import Member

ROOT = Path(__file__).resolve().parents[1]
LEADS, PAGE = ROOT / "examples" / "samples" / "leads.yaml", ROOT / "docs" / "samples.md"
_WORKSPACE, _AT = UUID(int=1), datetime(2026, 1, 1, tzinfo=UTC)
_LINKS = {
    LinkRole.USE_CASE: "useCases",
    LinkRole.PROOF_POINT: "proofPoints",
    LinkRole.REFERENCE: "references",
}
_ABOUT = """\
# Sample sequences

Written by the embedded writer with `python -m scripts.samples`, which a test repeats; nothing here was edited by hand.
Every library but the first is made up for this page, and so are all the people and companies. The libraries and people
stand in [`examples/`](../examples).
"""


def main() -> None:
    page = samples()
    if "--print" in sys.argv:
        sys.stdout.write(page)
    else:
        PAGE.write_text(page, encoding="utf-8")


def samples() -> str:
    """The whole page."""
    parts = [_sample(number, lead) for number, lead in enumerate(leads(), start=1)]
    return "\n".join([_ABOUT, *parts])


def leads() -> list[Mapping[str, Any]]:
    found: list[Mapping[str, Any]] = parse_yaml(LEADS.read_text(encoding="utf-8"))
    return found


def _sample(number: int, lead: Mapping[str, Any]) -> str:
    brief = brief_of(lead)
    draft = write(brief)
    return "\n".join(
        [f"## {number}. {_title(lead, brief)}", "", *_told(lead), *_emails(draft), *_notes(draft)]
    )


def _title(lead: Mapping[str, Any], brief: Brief) -> str:
    who = ", ".join(lead[name] for name in ("firstName", "jobTitle", "companyName") if lead.get(name))
    return f"{brief.offering_name} for {who}"


def _told(lead: Mapping[str, Any]) -> Iterator[str]:
    library = (LEADS.parent / lead["library"]).resolve().relative_to(ROOT)
    yield f"Library `{library}`, persona `{lead['persona']}`."
    if lead.get("runtimeContext"):
        yield f"Known: {lead['runtimeContext']}"
    if lead.get("settings"):
        yield f"Settings: `{json.dumps(lead['settings'])}`."
    yield ""


def _emails(draft: Draft) -> Iterator[str]:
    for email in draft.emails:
        quoted = [f"> {line}".rstrip() for line in render(email).email.split("\n")]
        yield from (f"**{email.subject}**", "", *quoted, "")


def _notes(draft: Draft) -> Iterator[str]:
    if draft.notes:
        yield from (f"Message: {' '.join(draft.notes)}", "")


def brief_of(lead: Mapping[str, Any]) -> Brief:
    """What the writer is given for a lead, gathered as a run gathers it, without a database."""
    document, entities = _library((LEADS.parent / lead["library"]).resolve())
    named = {one.id: one for one in entities.values()}
    offering = next(one for one in entities.values() if one.kind in {"product", "service"})
    told = next((one for one in document.get("playbooks") or () if one["key"] == lead.get("playbook")), None)
    chosen = Chosen(
        offering,
        _playbook(told, entities, offering) if told else None,
        entities["persona", lead["persona"]],
        None,
        named,
        (),
        [one for one in entities.values() if one.kind in BESIDE],
    )
    given = {name: value for name, value in lead.items() if name in SequenceRun.model_fields}
    request = SequenceRun.model_validate(given)
    identity = identify(request)
    assert identity is not None, "a lead has at least a job title"
    settings = {"sequenceSettings": lead.get("settings") or {}}
    return brief_for(identity, chosen, gather(chosen, request), request, settings)


@cache
def _library(path: Path) -> tuple[Mapping[str, Any], dict[tuple[str, str], Entity]]:
    document = parse_yaml(path.read_text(encoding="utf-8"))
    entities = {
        (kind.name, entry["key"]): _entity(kind, entry)
        for kind in KINDS
        for entry in document.get(kind.collection) or ()
    }
    return document, entities


def _entity(kind: Kind, entry: Mapping[str, Any]) -> Entity:
    known = {field.name for field in kind.data_fields}
    given = {name: value for name, value in entry.items() if name in known and value is not None}
    if kind is PLAYBOOK:
        given = {name: [value] if name == "keyInsight" else value for name, value in given.items()}
    return Entity(
        id=uuid5(_WORKSPACE, f"{kind.name}/{entry['key']}"),
        workspace_id=_WORKSPACE,
        kind=kind.name,
        key=entry["key"],
        name=entry["name"],
        internal_name=entry.get("internalName"),
        description=entry.get("description"),
        primary_url=None,
        active=True,
        data=complete_data(kind, given),
        qualifying_questions=(),
        offerings=Offerings(all=True),
        author=Member(_WORKSPACE, "Example", ""),
        created_at=_AT,
    )


def _playbook(
    told: Mapping[str, Any], entities: Mapping[tuple[str, str], Entity], offering: Entity
) -> Playbook:
    links = {
        role: tuple(entities[role.value, key].id for key in told.get(name) or ())
        for role, name in _LINKS.items()
    }
    competitor = entities.get(("competitor", told.get("competitor") or ""))
    traits = Traits(
        PlaybookType(told.get("type", "SOLUTION")),
        Status.ACTIVE,
        UseMode.SPECIFIC,
        UseMode(told.get("proofPointMode", "none")),
        offering.id,
        competitor.id if competitor else None,
    )
    return Playbook(_entity(PLAYBOOK, told), traits, links)


if __name__ == "__main__":
    main()
