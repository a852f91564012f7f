"""What a run picks from a large library, without a database."""

import asyncio
import random
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, cast
from uuid import UUID

from setpiece.agents.sequence.candidates import needed
from setpiece.agents.sequence.nearest import order_by_terms
from setpiece.agents.sequence.repository import IdsByTerm, RetrievalRepository
from setpiece.library.model import Entity, Offerings
from setpiece.library.playbooks.model import LinkRole, Playbook, PlaybookType, Status, Traits, UseMode
from setpiece.matching.model import Prospect
from setpiece.workspaces.model import Member

SELLER, SURGEON, KNOWN, OFFERING, PLAYBOOK = (UUID(int=at) for at in range(1, 6))
TERMS = {SELLER: {"f:sales", "w:sale"}, SURGEON: {"w:hospital"}}


class _Stored:
    """Retrieval terms at hand instead of rows."""

    async def having_among(
        self, asked: Mapping[str, tuple[Sequence[str], Sequence[UUID]]]
    ) -> dict[str, IdsByTerm]:
        return {
            kind: {term: [one for one in ids if term in TERMS[one]] for term in terms}
            for kind, (terms, ids) in asked.items()
        }


def _playbook(*personas: UUID, competitor: UUID | None = None, domain: str = "") -> Playbook:
    entity = Entity(PLAYBOOK, UUID(int=9), "playbook", None, "A play", None, None, None, True, {"exampleDomains": [domain]},
                    [], Offerings(), Member(UUID(int=8), "A", "B"), datetime(2026, 1, 1, tzinfo=UTC))  # fmt: skip
    traits = Traits(PlaybookType.SOLUTION, Status.ACTIVE, UseMode.NONE, UseMode.NONE, OFFERING, competitor_id=competitor)  # fmt: skip
    return Playbook(entity, traits, {LinkRole.PERSONA: personas})


def _needed(playbook: Playbook, prospect: Prospect, *wanted: UUID) -> set[UUID]:
    found = {KNOWN: cast("Entity", None)}
    return asyncio.run(
        needed(cast("RetrievalRepository", _Stored()), prospect, [playbook], found, set(wanted))
    )


def test_of_a_playbook_for_others_only_what_shares_the_title_is_read():
    told = Prospect(job_title="VP Sales", runtime_context="They run a hospital.")
    assert _needed(_playbook(SELLER, SURGEON), told) == {OFFERING, SELLER}
    assert _needed(_playbook(KNOWN, SELLER), told) == {OFFERING}


def test_all_personas_of_a_playbook_are_read_where_it_may_be_chosen_without_them():
    titled: dict[str, Any] = {"job_title": "VP Sales", "company_domain": "eu.hospital.example"}
    everybody = {OFFERING, SELLER, SURGEON}
    both = _playbook(SELLER, SURGEON)
    assert _needed(both, Prospect()) == everybody, "without a title nobody is nearer than others"
    assert _needed(both, Prospect(**titled, selection_context="hospitals")) == everybody
    assert _needed(both, Prospect(**titled), PLAYBOOK) == everybody
    assert _needed(_playbook(SELLER, SURGEON, domain="hospital.example"), Prospect(**titled)) == everybody
    assert _needed(_playbook(SELLER, SURGEON, competitor=KNOWN), Prospect(**titled)) == {*everybody, KNOWN}


def test_the_first_of_many_are_the_same_as_of_all():
    chosen = random.Random(4)
    ids = [UUID(int=chosen.getrandbits(128)) for _ in range(300)]
    terms = ["t:a", "f:b", "f:c", "w:d", "w:e"]
    found = {term: chosen.sample(ids, 90) for term in terms}
    weights = {"w:d": 2.0, "w:e": 0.7}
    ordered = order_by_terms(terms, found, weights, len(ids))
    best = {
        one: min([at for at, term in enumerate(terms[:3]) if one in found[term]], default=5)
        for one in ordered
    }
    assert [best[one] for one in ordered] == sorted(best.values())
    for most in (0, 1, 20, 200):
        assert order_by_terms(terms, found, weights, most) == ordered[:most]
