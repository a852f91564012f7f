"""What an entry of a library file may hold: the fields of `create`, with keys in place of ids."""

from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from typing import Annotated, Any

from pydantic import AfterValidator, PlainValidator, create_model

from setpiece.library.kind import Kind
from setpiece.library.playbooks.kind import PLAYBOOK
from setpiece.library.playbooks.model import OLDER_TYPES, PlaybookType, Status, UseMode
from setpiece.library.playbooks.schemas import TextOrTexts
from setpiece.library.schemas import Sent, create_schema
from setpiece.library.transfer.keys import check_key
from setpiece.library.transfer.links import link_fields, link_schema

_BY_OID = ("primaryOfferingOId", "linkingStrategy")
_Key = Annotated[str, AfterValidator(check_key)]


@cache
def entry_schema(kind: Kind) -> type[Sent]:
    """An entry of the kind's collection; validate it strictly and with unknown fields forbidden."""
    fields: dict[str, Any] = {
        name: (field.annotation, field)
        for name, field in create_schema(kind).model_fields.items()
        if name not in _BY_OID
    }
    fields |= {link.name: link_schema(link) for link in link_fields(kind)}
    if kind is PLAYBOOK:
        fields |= _PLAYBOOK_FIELDS
    return create_model(f"{kind.title}Entry", __base__=Sent, key=(_Key | None, None), **fields)


def _word_of(words: type[StrEnum], older: Mapping[str, StrEnum] | None = None) -> tuple[Any, None]:
    """A field that holds a word of an enumeration, or an older name of one."""

    def check(value: Any) -> Any:
        if value is None:
            return None
        if isinstance(value, str) and value in (older or {}):
            return (older or {})[value]
        if value not in list(words):
            raise ValueError(f"must be one of {', '.join(words)}")
        return words(value)

    return Annotated[Any, PlainValidator(check)], None


_PLAYBOOK_FIELDS: dict[str, Any] = {
    "type": _word_of(PlaybookType, OLDER_TYPES),
    "status": _word_of(Status),
    "referenceMode": _word_of(UseMode),
    "proofPointMode": _word_of(UseMode),
    **dict.fromkeys(("keyInsight", "approachAngle", "strategicNarrative"), (TextOrTexts | None, None)),
}
