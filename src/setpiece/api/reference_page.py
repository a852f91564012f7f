"""The page to read the OpenAPI document: one file of HTML that loads nothing and is made once."""

import base64
import hashlib
import html
import re
from collections.abc import Awaitable, Callable
from functools import cache, partial
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from setpiece.api.reference import curl
from setpiece.api.reference.document import Document, anchor
from setpiece.api.reference.examples import compact
from setpiece.api.reference.outline import outline

_FOLDER = files("setpiece.api.reference")
STYLE = (_FOLDER / "style.css").read_text(encoding="utf-8")
SCRIPT = (_FOLDER / "script.js").read_text(encoding="utf-8")
_CODE = Markup("<code>{}</code>")


def endpoint(document: Document) -> Callable[[Request], Awaitable[Response]]:
    """The page of a document as an ASGI endpoint; made when it is first asked for, so that no start waits for it."""
    made = cache(partial(page, document))

    async def answer(_: Request) -> Response:
        return Response(made(), headers=_headers(), media_type="text/html; charset=utf-8")

    return answer


def page(document: Document) -> bytes:
    """The page; whatever the document holds is text on it, never markup."""
    template = _environment().get_template("page.html")
    shown = template.render(outline=outline(document), style=STYLE, script=SCRIPT)
    return shown.encode("utf-8")


def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("setpiece.api", "reference"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "anchor": anchor,
        "breakable": breakable,
        "compact": compact,
        "content": content,
        "prose": prose,
        "record_anchor": partial(anchor, "record"),
        "sentence": sentence,
    }
    environment.globals |= {"address": curl.ADDRESS, "key": curl.KEY}
    return environment


def prose(text: str) -> Markup:
    """Text in which `backticks` become code."""
    pieces = re.split(r"`([^`]+)`", text)
    return Markup().join(_CODE.format(piece) if at % 2 else piece for at, piece in enumerate(pieces))


def content(text: str) -> str:
    """Escaped for the inside of an element only: quotes stay as they are, which saves a tenth of the page."""
    return html.escape(text, quote=False)


def breakable(path: str) -> Markup:
    """A path that a narrow screen may break after a slash."""
    return Markup("/<wbr>").join(path.split("/"))


def sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def _headers() -> dict[str, str]:
    return {
        "Content-Security-Policy": CONTENT_SECURITY_POLICY,
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
    }


def _hash_of(text: str) -> str:
    """The source expression that lets through this very text, and no other inline style or script."""
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        f"style-src {_hash_of(STYLE)}",
        f"script-src {_hash_of(SCRIPT)}",
        "img-src data:",  # the icon
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
)
