"""Playbooks that say the same, and links that lead nowhere."""

from collections.abc import Iterator
from uuid import UUID

from setpiece.library.lint.model import LintedLibrary, Place, Rule, Said, Severity
from setpiece.library.lint.near import near_pairs
from setpiece.library.lint.rules.wording import named, quoted
from setpiece.library.playbooks.model import LinkRole, Playbook, Status
from setpiece.library.titles.words import content_words

_ALIKE = 0.4
"""Words of the angle in common, over those of either: a copy of which two fifths were rewritten has 0.43. The nearest two
plays of the example library have 0.14."""
_SAME_READERS = 0.5
"""Personas in common, of the playbook with fewer."""
_FIELDS = {
    LinkRole.PERSONA: "personas",
    LinkRole.USE_CASE: "useCases",
    LinkRole.PROOF_POINT: "proofPoints",
    LinkRole.REFERENCE: "references",
}


def _overlapping(library: LintedLibrary) -> Iterator[Said]:
    """Active playbooks of one offering with the same segment and competitor, for the same readers, in the same words."""
    active = [
        one for one in library.playbooks.values() if one.traits.status is Status.ACTIVE and one.entity.active
    ]
    for one, other in near_pairs([_angle(playbook) for playbook in active], _ALIKE):
        pair = (active[one], active[other])
        if _same_readers(*pair):
            yield Said(
                f"{named([playbook.entity for playbook in pair])} sell the same to the same personas in much the same words; "
                "merge them, or sharpen what tells them apart.",
                tuple(Place(playbook.entity, "keyInsight") for playbook in pair),
            )


def _angle(playbook: Playbook) -> frozenset[str]:
    """The words of its angle; marked with what it sells where, so that only plays for the same are compared."""
    entity, traits = playbook.entity, playbook.traits
    mark = f"{traits.offering_id}/{traits.segment_id}/{traits.competitor_id}"
    texts = (
        entity.name,
        entity.description or "",
        *entity.texts("keyInsight"),
        *entity.texts("approachAngle"),
    )
    return frozenset(f"{mark}/{word}" for word in content_words(" ".join(texts)))


def _same_readers(one: Playbook, other: Playbook) -> bool:
    ours, theirs = set(one.linked(LinkRole.PERSONA)), set(other.linked(LinkRole.PERSONA))
    if not ours or not theirs:
        return ours == theirs
    return len(ours & theirs) >= _SAME_READERS * min(len(ours), len(theirs))


def _links(playbook: Playbook) -> Iterator[tuple[str, UUID]]:
    """Each link with the field it stands in."""
    traits = playbook.traits
    single = {"product": traits.offering_id, "segment": traits.segment_id, "competitor": traits.competitor_id}
    yield from ((field, one) for field, one in single.items() if one)
    for role, field in _FIELDS.items():
        yield from ((field, one) for one in playbook.linked(role))


def _dead_links(library: LintedLibrary) -> Iterator[Said]:
    for playbook in library.playbooks.values():
        for field, one in _links(playbook):
            if one not in library.by_id:
                name = library.gone.get(one, "something")
                yield Said(
                    f"The playbook {quoted(playbook.entity.name)} names {quoted(name)}, which was deleted; name another, or take "
                    "it out.",
                    (Place(playbook.entity, field),),
                )
    for entity in library.entities:
        for one in entity.offerings.named if entity.kind != "playbook" else ():
            if one not in library.by_id:
                name = library.gone.get(one, "an offering")
                yield Said(
                    f"{quoted(entity.name)} is linked to {quoted(name)}, which was deleted; link it to another offering.",
                    (Place(entity, "offerings"),),
                )


def _inactive_links(library: LintedLibrary) -> Iterator[Said]:
    for playbook in library.playbooks.values():
        if playbook.traits.status is not Status.ACTIVE:
            continue
        for field, one in _links(playbook):
            linked = library.by_id.get(one)
            if linked is not None and not linked.active:
                yield Said(
                    f"The active playbook {quoted(playbook.entity.name)} names {quoted(linked.name)}, which is inactive and is "
                    "never chosen.",
                    (Place(playbook.entity, field), Place(linked, "active")),
                )


OVERLAPPING_PLAYBOOKS = Rule(
    "overlapping-playbooks",
    Severity.WARNING,
    "Two active playbooks sell the same offering to the same personas in much the same words.",
    _overlapping,
)
LINK_TO_DELETED = Rule(
    "link-to-deleted", Severity.ERROR, "A playbook or a link names an entity that was deleted.", _dead_links
)
LINK_TO_INACTIVE = Rule(
    "link-to-inactive",
    Severity.WARNING,
    "An active playbook names an entity that is set inactive.",
    _inactive_links,
)
