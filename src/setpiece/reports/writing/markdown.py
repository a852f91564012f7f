"""The report as Markdown: the same words as the document, and nothing in them that a reader's program would run or draw. Pure."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

_MARKS = re.compile(r"([\\`*_{}\[\]<>#|~!])")
_LINK = re.compile(r"(?<=\w):(?=//)|(?<=www)\.", re.IGNORECASE)
_LINE_START = re.compile(r"^(\s*)([-+=]|\d+[.)](?=\s))")
_ENTITY = re.compile(r"&(?=#?\w+;)")


def escaped(text: str) -> str:
    """Text that a Markdown program shows as it stands: no markup, no HTML, no links of its own."""
    text = _MARKS.sub(r"\\\1", text)
    text = _LINK.sub(lambda match: "\\" + match[0], _ENTITY.sub(r"\\&", text))
    return _LINE_START.sub(_line_start, text)


def _line_start(match: re.Match[str]) -> str:
    mark = match[2]
    return f"{match[1]}{mark[:-1]}\\{mark[-1]}" if len(mark) > 1 else f"{match[1]}\\{mark}"


def markdown(document: Mapping[str, Any]) -> str:
    lines = [f"# {escaped(document['title'])}", "", escaped(document["summary"]), ""]
    for section in document["sections"]:
        lines += [f"## {escaped(section['title'])}", "", *_content(section), ""]
    return "\n".join(lines).rstrip() + "\n"


def _content(section: Mapping[str, Any]) -> Iterator[str]:
    if section["kind"] == "traits":
        yield from (f"- {escaped(phrase)}" for phrase in section["phrases"])
        yield ""
    if section["kind"] == "actions":
        yield from _items(section)
    else:
        yield escaped(section["body"])


def _items(section: Mapping[str, Any]) -> Iterator[str]:
    for number, item in enumerate(section["items"], start=1):
        yield f"{number}. **{escaped(item['title'])}.** {escaped(item['context'])}"
