"""What a reader of the page would see, as plain lines.

Also a program of its own (`python -m setpiece.providers.web.plain_text`): HTML as UTF-8 on standard input,
the title, the text and what it states of its organisation as JSON on standard output. `isolation` says why.
"""

import json
import re
import resource
import sys
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from setpiece.providers.web.organization import describe_organization


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Not text, not shown, or not about the subject of the page. <header> stays: it often holds the headline.
DROPPED = _names(
    "audio button canvas datalist footer form iframe math nav noscript object script select style svg template "
    "textarea video"
)
# Elements that begin and end a line (HTML standard, "rendering": display block, list-item and table parts).
BLOCKS = _names(
    "address article aside blockquote body br caption center dd details dialog div dl dt fieldset figcaption "
    "figure form h1 h2 h3 h4 h5 h6 header hgroup hr li main menu ol p pre search section summary table tbody "
    "tfoot thead tr ul"
)
CELLS = _names("td th")
LINE_BREAKS = re.compile(r"[\r\n\f]+")
HIDING_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
# C0 and C1 controls except those that count as space; soft hyphen, zero-width space, direction marks and
# overrides, word joiners, byte order mark; surrogates; tag characters, which can hide a second text in the first.
INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)
MAX_TITLE_CHARACTERS = 300
# Exit code of the program when memory ran out; Python itself ends with 1 on an error and 2 on wrong usage.
TOO_INTRICATE = 3


def tidy(text: str) -> str:
    """Lines with single spaces; no empty lines, control characters or invisible characters."""
    lines = (" ".join(line.split()) for line in INVISIBLE.sub("", text).splitlines())
    return "\n".join(line for line in lines if line)


def extract_text(html: bytes) -> tuple[str, str]:
    """Title and text of an HTML page in UTF-8."""
    return _read(LexborHTMLParser(html))


def extract_page(html: bytes) -> dict[str, Any]:
    """Title, text, and what the page states of the organisation behind it."""
    tree = LexborHTMLParser(html)
    about = describe_organization(tree)
    title, text = _read(tree)
    return {"title": title, "text": text, "about": {name: _tidied(texts) for name, texts in about.items()}}


def _tidied(texts: list[str]) -> list[str]:
    return [line for one in texts if (line := tidy(one).replace("\n", " "))]


def _read(tree: LexborHTMLParser) -> tuple[str, str]:
    body = tree.body or tree.root
    if body is None:
        return "", ""
    # Some sites wrap the whole page into one form: then what is in it is the page.
    text = tidy("".join(_pieces(body, DROPPED))) or tidy("".join(_pieces(body, DROPPED - {"form"})))
    title = tree.css_first("head > title")
    return tidy(title.text() if title else "").replace("\n", " ")[:MAX_TITLE_CHARACTERS], text


def _pieces(root: LexborNode, dropped: frozenset[str]) -> Iterator[str]:
    """Text and line breaks in the order of the page; walks without recursion, for nesting may be deep."""
    open_nodes: list[tuple[LexborNode, str]] = []
    node: LexborNode | None = root
    while node is not None or open_nodes:
        if node is None:
            node, ending = open_nodes.pop()
            yield ending
        elif node.is_text_node:
            yield _flow(node)
        elif node.is_element_node and not _is_unseen(node, dropped):
            edge = _edge(node.tag)
            yield edge
            open_nodes.append((node, edge))
            node = node.first_child
            continue
        node = None if node is root else node.next


def _flow(node: LexborNode) -> str:
    """The text of a node; a line break in it is only a space, except in preformatted text."""
    text = node.text_content or ""
    in_pre = node.parent is not None and node.parent.tag == "pre"
    return text if in_pre else LINE_BREAKS.sub(" ", text)


def _edge(tag: str | None) -> str:
    if tag in BLOCKS:
        return "\n"
    return " " if tag in CELLS else ""


def _is_unseen(node: LexborNode, dropped: frozenset[str]) -> bool:
    attributes = node.attributes
    return (
        node.tag in dropped
        or "hidden" in attributes
        or attributes.get("aria-hidden") == "true"
        or bool(HIDING_STYLE.search(attributes.get("style") or ""))
    )


def main(cpu_s: int, memory_bytes: int) -> None:
    """Extracts under limits that the operating system holds, so that no page can get around them."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_s, cpu_s))
    with suppress(ValueError, OSError):  # macOS has no limit on address space
        resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    try:
        page = extract_page(sys.stdin.buffer.read())
    except (MemoryError, SelectolaxError):
        sys.exit(TOO_INTRICATE)
    sys.stdout.write(json.dumps(page))


if __name__ == "__main__":
    main(cpu_s=int(sys.argv[1]), memory_bytes=int(sys.argv[2]))
