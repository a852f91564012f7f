"""What of the library may answer a question: by index, a bounded number of each kind."""

from setpiece.agents.context.model import Question
from setpiece.agents.sequence.nearest import pick_nearest
from setpiece.agents.sequence.repository import RetrievalRepository
from setpiece.library.model import Entity
from setpiece.library.playbooks.model import Status
from setpiece.library.playbooks.repository import PlaybookRepository
from setpiece.library.service import KIND_BY_NAME, entities
from setpiece.library.titles.terms import prospect_terms
from setpiece.workspaces.work import Work

MOST_OF_A_KIND = 20
"""Entities of each kind that are compared. An answer shows ten of all kinds by default, and a hundred at most."""


async def find(work: Work, question: Question) -> list[Entity]:
    """Active entities that share a term with the question; a playbook only when its status is active."""
    retrieval, terms = RetrievalRepository(work.scope), terms_of(question)
    picked = await pick_nearest(retrieval, dict.fromkeys(KIND_BY_NAME, MOST_OF_A_KIND), terms)
    ids = [one for several in picked.values() for one in several]
    found = await entities(work).by_ids(ids)
    usable = [found[one] for one in dict.fromkeys(ids) if one in found and found[one].active]
    drafts = await _not_active(work, [one for one in usable if one.kind == "playbook"])
    return [one for one in usable if one.id not in drafts]


def terms_of(question: Question) -> tuple[str, ...]:
    """The question's own words before those that only say for whom it is asked."""
    asked = prospect_terms(None, None, (question.text,))
    beside = prospect_terms(
        question.job_title, question.company_domain, (question.details, question.company_name)
    )
    telling = [term for term in beside if not term.startswith("w:")]
    return tuple(dict.fromkeys((*telling[:_MOST_TELLING], *asked, *beside)))


_MOST_TELLING = 20
"""Keys of the title and domain that go before the question's words; the index is asked for sixty terms in all."""


async def _not_active(work: Work, playbooks: list[Entity]) -> set[object]:
    traits = await PlaybookRepository(work.scope).traits([one.id for one in playbooks])
    return {one for one, trait in traits.items() if trait.status is not Status.ACTIVE}
