"""What to type for a request."""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlencode

ADDRESS = "SETPIECE_URL"
KEY = "SETPIECE_KEY"


def command(method: str, path: str, query: Mapping[str, Any], body: Any) -> str:
    """A curl command for a POSIX shell; address and key come from the variables ADDRESS and KEY."""
    address = quote(path) + (f"?{urlencode(query, doseq=True)}" if query else "")
    chosen = "" if method == "GET" or (method == "POST" and body is not None) else f"-X {method} "
    lines = [f'curl {chosen}"${ADDRESS}{address}"', f'-H "api_key: ${KEY}"']
    if body is not None:
        lines += ["-H 'content-type: application/json'", f"-d {_quoted(pretty(body))}"]
    return " \\\n  ".join(lines)


def pretty(value: Any) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"
