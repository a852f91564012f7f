"""What of a playbook a person can change beside its entity, by the contract's names, for revisions."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from setpiece.kernel.ids import show
from setpiece.library.playbooks.model import LinkRole, Traits

OID_FIELDS = {
    LinkRole.PERSONA: "personaOIds",
    LinkRole.USE_CASE: "useCaseOIds",
    LinkRole.PROOF_POINT: "proofPointOIds",
    LinkRole.REFERENCE: "referenceOIds",
}
_PREFIXES = {
    LinkRole.PERSONA: "pe",
    LinkRole.USE_CASE: "uu",
    LinkRole.PROOF_POINT: "pp",
    LinkRole.REFERENCE: "re",
}


def describe_traits(traits: Traits, links: Mapping[LinkRole, tuple[UUID, ...]]) -> dict[str, Any]:
    """Traits and links, flat; ids as clients know them."""
    return {
        "type": traits.type,
        "status": traits.status,
        "referenceMode": traits.reference_mode,
        "proofPointMode": traits.proof_point_mode,
        "competitorOId": show("cp", traits.competitor_id) if traits.competitor_id else None,
        "segmentOId": show("sg", traits.segment_id) if traits.segment_id else None,
        **{
            field: [show(_PREFIXES[role], one) for one in links.get(role, ())]
            for role, field in OID_FIELDS.items()
        },
    }
