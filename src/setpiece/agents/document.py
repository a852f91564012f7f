"""A piece of prose in sections with stable ids, and each statement's source; rendered as text, markdown or html."""

import html
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from setpiece.agents.provenance import Cited
from setpiece.agents.sequence.writer.model import Fact

Format = Literal["TEXT", "MARKDOWN", "HTML"]


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph, or an item of a list; `facts` are what it rests on, none for words that claim nothing."""

    text: str
    facts: tuple[Fact, ...] = ()
    is_item: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """`id` stays the same from run to run, so that a program can take a section out."""

    id: str
    heading: str
    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        return "\n".join(_plain_line(line) for line in self.lines)


def item(text: str, *facts: Fact) -> Line:
    return Line(text, facts, is_item=True)


def render(title: str, sections: Sequence[Section], output_format: Format) -> str:
    """The whole piece; the three formats carry the same words."""
    as_title, as_section = _RENDERERS[output_format]
    parts = [*([as_title(title)] if title else []), *(as_section(section) for section in sections)]
    return ("\n" if output_format == "HTML" else "\n\n").join(parts)


def cited(sections: Iterable[Section], prefix: str = "") -> list[Cited]:
    """Each statement with each fact it rests on, in the order of the piece."""
    return [
        Cited(f"{prefix}{section.id}", line.text, fact.source, fact.text)
        for section in sections
        for line in section.lines
        for fact in line.facts
    ]


def _as_text(section: Section) -> str:
    return f"{section.heading}\n{section.text}"


def _plain_line(line: Line) -> str:
    return f"- {line.text}" if line.is_item else line.text


def _as_markdown(section: Section) -> str:
    lines = [f"## {_marked(section.heading)}", ""]
    for before, line in zip((None, *section.lines), section.lines, strict=False):
        if before is not None and before.is_item is not line.is_item:
            lines.append("")
        lines.append(f"- {_marked(line.text)}" if line.is_item else _marked(line.text))
    return "\n".join(lines)


def _as_html(section: Section) -> str:
    lines = [f'<section id="{html.escape(section.id)}">', f"<h2>{html.escape(section.heading)}</h2>"]
    open_list = False
    for line in section.lines:
        if line.is_item is not open_list:
            lines.append("<ul>" if line.is_item else "</ul>")
            open_list = line.is_item
        lines.append(
            f"<li>{html.escape(line.text)}</li>" if line.is_item else f"<p>{html.escape(line.text)}</p>"
        )
    return "\n".join([*lines, *(["</ul>"] if open_list else []), "</section>"])


def _html_title(title: str) -> str:
    return f"<h1>{html.escape(title)}</h1>"


def _markdown_title(title: str) -> str:
    return f"# {_marked(title)}"


_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~$&])")
_BLOCK_START = re.compile(r"^(\d{1,9})([.)])(?=\s|$)|^([+=-])")


def _marked(text: str) -> str:
    """Backslashes before what markdown would read as markup."""
    escaped = _SPECIAL.sub(r"\\\1", text)
    return _BLOCK_START.sub(lambda m: f"{m[1]}\\{m[2]}" if m[1] else f"\\{m[3]}", escaped)


_RENDERERS: dict[Format, tuple[Callable[[str], str], Callable[[Section], str]]] = {
    "TEXT": (str, _as_text),
    "MARKDOWN": (_markdown_title, _as_markdown),
    "HTML": (_html_title, _as_html),
}
