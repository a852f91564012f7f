"""The matched entities of an answer: slim, as the newest documents of the contract show them, with the older fields."""

from collections.abc import Iterable, Iterator
from typing import Any

from setpiece.agents.selection import Selection
from setpiece.agents.sequence.gather import Chosen
from setpiece.kernel.ids import show
from setpiece.library.model import Entity
from setpiece.library.playbooks import record as playbook_record
from setpiece.library.playbooks.model import LinkRole, UseMode
from setpiece.library.service import KIND_BY_NAME
from setpiece.matching.model import Choice, Pick


def matched(selection: Selection) -> dict[str, Any]:
    """Product (and service), playbook, persona, segment, use cases and reference customers; null where none was chosen."""
    chosen, choice = selection.chosen, selection.choice
    nothing = dict.fromkeys(("product", "service", "solution", "playbook", "persona", "segment"))
    if chosen is None:
        return nothing | {"useCases": [], "referenceCustomers": []}
    offering = slim(chosen.offering, choice.offering)
    return nothing | {
        "product": offering,
        "service": offering if chosen.offering.kind == "service" else None,
        "playbook": _playbook(chosen, choice),
        "persona": slim(chosen.persona, choice.persona),
        "segment": slim(chosen.segment, choice.segment),
        "useCases": [_named(one) for one in use_cases(chosen)],
        "referenceCustomers": [_named(one) for one in references(chosen)],
    }


def slim(entity: Entity | None, pick: Pick | None) -> dict[str, Any] | None:
    return None if entity is None else _named(entity) | match(pick)


def match(pick: Pick | None) -> dict[str, Any]:
    """How sure the choice is, and why; both null for what was not chosen by matching."""
    if pick is None:
        return {"matchConfidence": None, "matchAnalysis": None}
    return {"matchConfidence": pick.confidence.value, "matchAnalysis": pick.analysis}


def use_cases(chosen: Chosen) -> list[Entity]:
    """Those that the playbook names; without any, those that hang on the offering."""
    named = list(_linked(chosen, LinkRole.USE_CASE))
    return named or [one for one in chosen.beside if one.kind == "use-case"]


def references(chosen: Chosen) -> list[Entity]:
    """The playbook's references, where it allows them."""
    playbook = chosen.playbook
    if playbook is None or playbook.traits.reference_mode is not UseMode.SPECIFIC:
        return []
    return list(_linked(chosen, LinkRole.REFERENCE))


def proofs(chosen: Chosen) -> list[Entity]:
    """The playbook's proof points, where it allows them."""
    playbook = chosen.playbook
    if playbook is None or playbook.traits.proof_point_mode is not UseMode.SPECIFIC:
        return []
    return list(_linked(chosen, LinkRole.PROOF_POINT))


def of_kind(entities: Iterable[Entity], kind: str) -> list[Entity]:
    return [one for one in entities if one.kind == kind]


def _linked(chosen: Chosen, role: LinkRole) -> Iterator[Entity]:
    ids = chosen.playbook.linked(role) if chosen.playbook else ()
    return (chosen.named[one] for one in ids if one in chosen.named)


def _playbook(chosen: Chosen, choice: Choice) -> dict[str, Any] | None:
    if chosen.playbook is None:
        return None
    return playbook_record.brief(chosen.playbook) | match(choice.playbook)


def _named(entity: Entity) -> dict[str, Any]:
    prefix = KIND_BY_NAME[entity.kind].prefix
    return {"oId": show(prefix, entity.id), "name": entity.name, "description": entity.description}
