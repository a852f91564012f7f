"""What a reader of an HTML mail sees, less what mail programs mark as quoted.

Read tag by tag with `str.find` and no parser: both a tree and the standard library's parser take many seconds for a hostile mail of
this length, and all that is needed is where lines end and quotes begin.
"""

import re
from collections.abc import Iterator
from html import unescape

from setpiece.providers.web.plain_text import BLOCKS, DROPPED

_LONGEST_HTML = 200_000  # characters; what is answered stands before what is quoted
_LONGEST_TAG = 500  # characters of one tag that are looked at
_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"]
)
_QUOTE_CLASSES = frozenset(
    ["gmail_quote", "gmail_attr", "moz-cite-prefix", "yahoo_quoted", "protonmail_quote"]
)
_QUOTED_FROM_HERE = re.compile(
    r"\bid\s*=\s*[\"']?(x_)?(appendonsend|divrplyfwdmsg|mail-editor-reference-message-container)\b"
)
_CLASS = re.compile(r"\bclass\s*=\s*[\"']([^\"']*)")
_NAME = re.compile(r"/?([a-z][a-z0-9]*)")


def visible_text(html: str) -> str:
    """Lines of text; empty where all is quoted."""
    return unescape("".join(_pieces(html[:_LONGEST_HTML])))


def _pieces(html: str) -> Iterator[str]:
    left_out, depth = "", 0
    for text, tag in _split(html):
        if not left_out:
            yield text.replace("\n", " ")
        found = _NAME.match(tag)
        if not found:
            continue
        name, is_end = found[1], tag.startswith("/")
        if left_out:
            depth += (name == left_out) * (-1 if is_end else 1)
            left_out = left_out if depth else ""
        elif _QUOTED_FROM_HERE.search(tag):
            return
        elif not is_end and _is_left_out(name, tag):
            left_out, depth = name, 1
        elif name in BLOCKS:
            yield "\n"


def _split(html: str) -> Iterator[tuple[str, str]]:
    """Each text with the tag after it, in lower case and without its brackets; comments are passed over."""
    at = 0
    while (start := html.find("<", at)) >= 0:
        is_comment = html.startswith("<!--", start)
        end = html.find("-->" if is_comment else ">", start)
        if end < 0:
            yield html[at:start], ""
            return
        yield html[at:start], "" if is_comment else html[start + 1 : min(end, start + _LONGEST_TAG)].lower()
        at = end + (3 if is_comment else 1)
    yield html[at:], ""


def _is_left_out(name: str, tag: str) -> bool:
    classes = _CLASS.search(tag)
    is_quote = name == "blockquote" or bool(classes and not _QUOTE_CLASSES.isdisjoint(classes[1].split()))
    return name not in _VOID and (is_quote or name in DROPPED or name in ("head", "title"))
