"""Which source a spec names, and what it is asked. Pure.

Source: playbooks-v1, section 4: `provider:kind:id` for segments and lists, `local:segment:name` or a bare name for what is here; for
orange-slice a description in words.
"""

import re
from dataclasses import dataclass

from setpiece.programs.leads.model import Source
from setpiece.programs.spec.model import LeadSource, LeadSourceKind

_BY_KIND = {
    LeadSourceKind.MANUAL: Source.MANUAL,
    LeadSourceKind.CIO_SEGMENT: Source.CUSTOMERIO,
    LeadSourceKind.ORANGE_SLICE: Source.ORANGE_SLICE,
}
_LOCAL = re.compile(r"^local\s*:\s*segment\s*:\s*", re.IGNORECASE)
_BY_PREFIX = {
    "hubspot": Source.HUBSPOT,
    "salesforce": Source.SALESFORCE,
    "attio": Source.ATTIO,
    "twenty": Source.TWENTY,
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What a program draws from.

    Attributes:
        source: None when a CRM segment has no query.
        query: What the source is asked, without the source's name; empty for the program's own lists.
    """

    source: Source | None
    query: str = ""

    @property
    def is_paid(self) -> bool:
        """Whether every person that is read costs something: then no more are read than are wanted, and none twice."""
        return self.source is Source.ORANGE_SLICE

    @property
    def is_here(self) -> bool:
        """Whether nothing outside is asked, so that it is read anew each time."""
        return self.source is Source.LOCAL

    @property
    def adds_up(self) -> bool:
        """Whether all its lists together are what a program draws from, and not only the last."""
        return self.is_paid or self.source is Source.MANUAL


def asked_of(spec: LeadSource) -> Asked:
    """The source that the spec names."""
    query = (spec.query or "").strip()
    if spec.kind is LeadSourceKind.MANUAL:
        return Asked(Source.MANUAL)
    prefix, _, rest = query.partition(":")
    if spec.kind is LeadSourceKind.CRM_SEGMENT:
        if source := _BY_PREFIX.get(prefix.strip().lower()):
            return Asked(source, rest.strip())
        return Asked(Source.LOCAL, _LOCAL.sub("", query)) if query else Asked(None)
    if spec.kind is LeadSourceKind.CIO_SEGMENT and prefix.strip().lower() in ("cio", "customerio"):
        query = rest.strip()
    return Asked(_BY_KIND[spec.kind], query)
