"""Which fields of an entry name other entries, for each kind. Pure."""

from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any

from pydantic import Field, PlainValidator

from setpiece.library.catalog import offering_kinds
from setpiece.library.kind import Kind, Linking
from setpiece.library.playbooks.kind import PLAYBOOK
from setpiece.library.playbooks.model import LinkRole

ALL = "all"
"""What `offerings` says instead of a list when an entity is for every offering."""


@dataclass(frozen=True, slots=True)
class LinkField:
    """A field that holds a key, or a list of keys, of entries of other kinds."""

    name: str
    kinds: tuple[str, ...]
    many: bool = False
    required: bool = False
    role: LinkRole | None = None
    """Set for the lists of a playbook."""

    @property
    def wanted(self) -> str:
        """The kinds in a sentence: `product or service`."""
        return " or ".join(kind.replace("-", " ") for kind in self.kinds)


@cache
def link_fields(kind: Kind) -> tuple[LinkField, ...]:
    """The links of a kind, in the order in which a file is written."""
    if kind is PLAYBOOK:
        return _PLAYBOOK_LINKS
    if kind.linking is Linking.NONE:
        return ()
    primary = LinkField("primaryOffering", offering_kinds(), required=kind.linking is Linking.ONE)
    several = LinkField("offerings", offering_kinds(), many=True)
    return (primary, several) if kind.linking is Linking.STRATEGY else (primary,)


_PLAYBOOK_LINKS = (
    LinkField("product", offering_kinds(), required=True),
    LinkField("segment", ("segment",)),
    LinkField("competitor", ("competitor",)),
    LinkField("personas", ("persona",), many=True, role=LinkRole.PERSONA),
    LinkField("useCases", ("use-case",), many=True, role=LinkRole.USE_CASE),
    LinkField("proofPoints", ("proof-point",), many=True, role=LinkRole.PROOF_POINT),
    LinkField("references", ("reference",), many=True, role=LinkRole.REFERENCE),
)

_MOST_LINKS = 500  # as many as the API takes


def _one(value: Any) -> Any:
    if value is None or isinstance(value, str):
        return value
    raise ValueError("must be a key")


def _several(value: Any) -> Any:
    if isinstance(value, list) and all(isinstance(one, str) for one in value) and len(value) <= _MOST_LINKS:
        return value
    if value is None:
        return None
    raise ValueError(f"must be a list of keys, {_MOST_LINKS} at most")


def _offerings(value: Any) -> Any:
    try:
        return value if value == ALL else _several(value)
    except ValueError as wrong:
        raise ValueError(f"must be '{ALL}' or a list of keys, {_MOST_LINKS} at most") from wrong


def link_schema(field: LinkField) -> tuple[Any, Any]:
    """The field as pydantic takes it."""
    check = _offerings if field.name == "offerings" else _several if field.many else _one
    return (Annotated[Any, PlainValidator(check)], Field(None))
