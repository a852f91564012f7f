"""What to type for a request."""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlencode

ADDRESS = "SETPIECE_URL"
KEY = "SETPIECE_KEY"


def command(
    method: str, path: str, query: Mapping[str, Any], body: Any, form: Mapping[str, Any] | None = None
) -> str:
    """A curl command for a POSIX shell; address and key come from the variables ADDRESS and KEY.

    In a `form`, a value of None stands for a file.
    """
    address = quote(path) + (f"?{urlencode(query, doseq=True)}" if query else "")
    chosen = "" if method == "GET" or (method == "POST" and (body is not None or form)) else f"-X {method} "
    lines = [f'curl {chosen}"${ADDRESS}{address}"', f'-H "api_key: ${KEY}"']
    if body is not None:
        lines += ["-H 'content-type: application/json'", f"-d {_quoted(pretty(body))}"]
    for name, value in (form or {}).items():
        lines.append(f"-F {_quoted(f'{name}=@FILE' if value is None else f'{name}={value}')}")
    return " \\\n  ".join(lines)


def pretty(value: Any) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"
