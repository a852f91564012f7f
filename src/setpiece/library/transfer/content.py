"""What a file says of an entity: its fields without the empty ones, and its links by key. Pure.

An entity and an entry are compared in this form, and it is what an export writes.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from setpiece.library.kind import Kind
from setpiece.library.model import Entity, Offerings, complete_data
from setpiece.library.playbooks.kind import PLAYBOOK
from setpiece.library.playbooks.model import LinkRole, Playbook, PlaybookType, Status, Traits, UseMode
from setpiece.library.transfer.links import ALL, link_fields
from setpiece.library.transfer.names import Names

_TRAITS = ("type", "status", "referenceMode", "proofPointMode")
_EMPTY: tuple[Any, ...] = (None, "", [], {})

Content = dict[str, Any]
Targets = Mapping[str, tuple[UUID, ...]]
"""The ids that each link field names."""


def content(kind: Kind, given: Mapping[str, Any], targets: Targets, names: Names) -> Content:
    """The content of an entity with these fields and links, in the order in which a file is written.

    Links to what is gone are left out. `offerings` in `given` is 'all' or absent.
    """
    data = complete_data(kind, given)
    custom = data.pop("customFields")
    shown = {
        **{name: given.get(name) for name in ("name", "internalName", "description", "primaryUrl")},
        "active": None if given.get("active", True) else False,
        **({name: given.get(name) for name in _TRAITS} if kind is PLAYBOOK else {}),
        **_links(kind, given, targets, names),
        **data,
        "qualifyingQuestions": [_without_empty(one) for one in given.get("qualifyingQuestions", ())],
        "customFields": custom,
    }
    return _without_empty(shown)


def content_of(kind: Kind, entity: Entity, playbook: Playbook | None, names: Names) -> Content:
    """The content of a stored entity; `playbook` is given for one that is a playbook."""
    given = {
        "name": entity.name,
        "internalName": entity.internal_name,
        "description": entity.description,
        "primaryUrl": entity.primary_url,
        "active": entity.active,
        **entity.data,
        "qualifyingQuestions": entity.qualifying_questions,
        "offerings": ALL if entity.offerings.all else None,
    }
    if playbook is None:
        return content(kind, given, _offering_targets(entity.offerings), names)
    traits = playbook.traits
    words = dict(
        zip(
            _TRAITS, (traits.type, traits.status, traits.reference_mode, traits.proof_point_mode), strict=True
        )
    )
    return content(kind, given | words, _playbook_targets(kind, playbook), names)


def with_default_traits(given: Mapping[str, Any], targets: Targets) -> dict[str, Any]:
    """A playbook's fields with what `playbook/create` puts where nothing is said."""
    implied = (
        PlaybookType.COMPETITIVE
        if targets.get("competitor")
        else PlaybookType.SECTOR
        if targets.get("segment")
        else PlaybookType.SOLUTION
    )
    proof = UseMode.SPECIFIC if targets.get("proofPoints") else UseMode.NONE
    defaults = (implied, Status.ACTIVE, UseMode.SPECIFIC, proof)
    return dict(zip(_TRAITS, defaults, strict=True)) | dict(given)


def offerings_from(given: Mapping[str, Any], targets: Targets) -> Offerings:
    primary = targets.get("primaryOffering") or targets.get("product") or (None,)
    return Offerings(primary[0], given.get("offerings") == ALL, targets.get("offerings", ()))


def traits_from(given: Mapping[str, Any], targets: Targets, before: Traits | None) -> Traits:
    """The traits of a playbook; what was attached to it stays."""
    return Traits(
        type=given["type"],
        status=given["status"],
        reference_mode=given["referenceMode"],
        proof_point_mode=given["proofPointMode"],
        offering_id=targets["product"][0],
        competitor_id=next(iter(targets.get("competitor", ())), None),
        segment_id=next(iter(targets.get("segment", ())), None),
        attached=before.attached if before else (),
    )


def roles_from(kind: Kind, targets: Targets) -> dict[LinkRole, tuple[UUID, ...]]:
    """The ids of every role, so that writing them also takes away what is no longer linked."""
    return {link.role: targets.get(link.name, ()) for link in link_fields(kind) if link.role}


def _links(kind: Kind, given: Mapping[str, Any], targets: Targets, names: Names) -> dict[str, Any]:
    shown: dict[str, Any] = {}
    for link in link_fields(kind):
        keys = [names.show(link.kinds, one) for one in dict.fromkeys(targets.get(link.name, ()))]
        alive = [key for key in keys if key is not None]
        shown[link.name] = alive if link.many else next(iter(alive), None)
    return shown | ({"offerings": ALL} if given.get("offerings") == ALL else {})


def _offering_targets(reached: Offerings) -> Targets:
    return {"primaryOffering": (reached.primary,) if reached.primary else (), "offerings": reached.some}


def _playbook_targets(kind: Kind, playbook: Playbook) -> Targets:
    traits = playbook.traits
    single = {"product": traits.offering_id, "competitor": traits.competitor_id, "segment": traits.segment_id}
    return {
        **{name: (one,) for name, one in single.items() if one},
        **{link.name: playbook.linked(link.role) for link in link_fields(kind) if link.role},
    }


def _without_empty(mapping: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in mapping.items() if value not in _EMPTY}
