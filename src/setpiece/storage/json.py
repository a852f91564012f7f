"""Values as the text of a json parameter."""

from typing import Any

import orjson


def as_json(value: Any) -> str:
    """JSON text of `value`; ids may be the driver's own UUID class, which orjson does not know."""
    return orjson.dumps(value, default=str, option=orjson.OPT_NON_STR_KEYS).decode()
