"""Per-persona templates of a playbook: emails with placeholders, made by the writer and filled by it."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

from setpiece.agents.identity import Identity
from setpiece.agents.sequence.answer import SECTIONS
from setpiece.agents.sequence.brief import brief_for
from setpiece.agents.sequence.gather import BESIDE, MOST_BESIDE, Chosen, gather
from setpiece.agents.sequence.schemas import SequenceRun
from setpiece.agents.sequence.writer import Claim, Draft, DraftEmail, Sections, Source, fill, write
from setpiece.kernel.ids import new_uuid
from setpiece.library.model import Entity
from setpiece.library.playbooks.model import LinkRole, Template
from setpiece.library.playbooks.repository import PlaybookRepository
from setpiece.library.playbooks.service import Details
from setpiece.library.service import entities
from setpiece.workspaces.work import Work

_ANYBODY = Identity(
    email=None,
    first_name="{{firstName}}",
    last_name="{{lastName}}",
    job_title="{{jobTitle}}",
    company_domain=None,
    company_name="{{companyName}}",
    subject="template",
)


async def make_templates(work: Work, found: Details) -> list[list[Template]]:
    """Templates for each persona of the playbook, one list for each; a persona without facts has an empty one."""
    offering = found.one(found.playbook.traits.offering_id)
    assert offering is not None
    beside = await entities(work).beside(offering.id, BESIDE, MOST_BESIDE)
    made = []
    for persona in found.several(LinkRole.PERSONA):
        made.append(_for_persona(work, found, offering, persona, beside))
        await asyncio.sleep(0)  # one takes 20 ms and there may be 200: others have their turn in between
    repository = PlaybookRepository(work.scope)
    for templates in made:
        await repository.add_templates(found.playbook.id, templates)
    return made


async def filled_templates(work: Work, identity: Identity, chosen: Chosen) -> Draft | None:
    """The playbook's templates for the chosen persona with the person's values; None when there are none."""
    if chosen.playbook is None or chosen.persona is None:
        return None
    templates = await PlaybookRepository(work.scope).templates(chosen.playbook.id, chosen.persona.id)
    values = {
        "firstName": identity.first_name,
        "lastName": identity.last_name,
        "jobTitle": identity.job_title,
        "companyName": identity.company_name,
    }
    return Draft(tuple(_filled(one, values) for one in templates)) if templates else None


def _for_persona(
    work: Work, found: Details, offering: Entity, persona: Entity, beside: Sequence[Entity]
) -> list[Template]:
    segment = found.one(found.playbook.traits.segment_id)
    props = found.props_of(persona.id)
    chosen = Chosen(offering, found.playbook, persona, segment, found.named, props, beside)
    nothing_sent = SequenceRun()
    draft = write(brief_for(_ANYBODY, chosen, gather(chosen, nothing_sent), nothing_sent, {}))
    return [
        Template(
            new_uuid(), persona.id, f"{persona.name}, email {number}", "active", _content(email), work.at
        )
        for number, email in enumerate(draft.emails, start=1)
    ]


def _content(email: DraftEmail) -> dict[str, Any]:
    return {
        "subject": email.subject,
        "coreValueProp": email.core_value_prop,
        "sections": {name: list(getattr(email.sections, name)) for name in SECTIONS},
        "claims": [
            {
                "sentence": claim.sentence,
                "section": claim.section,
                "fact": claim.fact_text,
                "source": {
                    "oid": claim.source.oid,
                    "kind": claim.source.kind,
                    "entity_name": claim.source.entity_name,
                    "field": claim.source.field,
                    "index": claim.source.index,
                },
            }
            for claim in email.claims
        ],
    }


def _filled(template: Template, values: Mapping[str, str | None]) -> DraftEmail:
    content = template.content
    sections = {
        name: tuple(text for part in parts if (text := fill(part, values)))
        for name, parts in content["sections"].items()
    }
    claims = tuple(
        Claim(
            fill(one["sentence"], values), one["section"], Source(**one["source"]), fill(one["fact"], values)
        )
        for one in content["claims"]
    )
    return DraftEmail(
        fill(content["subject"], values), content["coreValueProp"], Sections(**sections), claims
    )
