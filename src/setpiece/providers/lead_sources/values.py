"""Out of a vendor's JSON into the texts of a record. Pure."""

from collections.abc import Mapping
from typing import Any

_MOST = 50  # of a person's other values; wide CRMs have hundreds of attributes
_LONGEST = 500


def texts(**values: Any) -> dict[str, str]:
    """Those of the values that say something, as texts."""
    return {name: str(value) for name, value in values.items() if value not in (None, "", [], {})}


def other_texts(attributes: Mapping[str, Any], but: frozenset[str]) -> dict[str, str]:
    """Short plain values under the vendor's names, without those in `but` and without a vendor's own that begin with `_`."""
    plain = {
        name[:60]: str(value)
        for name, value in attributes.items()
        if name not in but
        and not name.startswith("_")
        and isinstance(value, str | int | float)
        and value != ""
    }
    return {name: value for name, value in list(plain.items())[:_MOST] if len(value) <= _LONGEST}


def first(values: Any) -> Mapping[str, Any]:
    """The first object of a list, or an empty one."""
    found = values[0] if isinstance(values, list) and values else {}
    return found if isinstance(found, dict) else {}


def inside(value: Any, *path: str) -> Any:
    """What stands at the path of names; None where the path ends."""
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return value
