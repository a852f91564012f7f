"""A draft email as text, html or markdown; the three carry the same words.

The whole email is its non-empty sections in this order, joined by a blank line (a line break in html): greeting,
opening, body, closing, cta, signature, ps. Paragraphs inside a section are joined the same way; the lines of a
signature by a line break.
"""

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from setpiece.agents.sequence.writer.model import DraftEmail

OutputFormat = Literal["text", "html", "markdown"]
SECTION_ORDER = ("greeting", "opening", "body", "closing", "cta", "signature", "ps")
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~$&])")
_BLOCK_START = re.compile(r"^(\d{1,9})([.)])(?=\s|$)|^([+=-])", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class RenderedEmail:
    """`email` is `sections` joined; `subject` and `core_value_prop` are plain text in every format."""

    email: str
    subject: str
    core_value_prop: str
    sections: Mapping[str, str]


def render(email: DraftEmail, output_format: OutputFormat = "text") -> RenderedEmail:
    """The email in one format. All seven sections are there as strings, empty ones as ""."""
    sections = {
        name: _section(getattr(email.sections, name), output_format, lines=name == "signature")
        for name in SECTION_ORDER
    }
    between = "\n" if output_format == "html" else "\n\n"
    whole = between.join(text for text in sections.values() if text)
    return RenderedEmail(whole, email.subject, email.core_value_prop, sections)


def _section(paragraphs: tuple[str, ...], output_format: OutputFormat, *, lines: bool) -> str:
    if not paragraphs:
        return ""
    if output_format == "html":
        escaped = [html.escape(paragraph) for paragraph in paragraphs]
        return f"<p>{'<br>'.join(escaped)}</p>" if lines else "\n".join(f"<p>{text}</p>" for text in escaped)
    if output_format == "markdown":
        return ("  \n" if lines else "\n\n").join(_escape_markdown(paragraph) for paragraph in paragraphs)
    return ("\n" if lines else "\n\n").join(paragraphs)


def _escape_markdown(text: str) -> str:
    """Backslashes before what markdown would read as markup; a template field stays as it is."""
    parts = re.split(r"(\{\{\s*[\w.]+\s*\}\})", text)
    escaped = "".join(part if at % 2 else _SPECIAL.sub(r"\\\1", part) for at, part in enumerate(parts))
    return _BLOCK_START.sub(lambda m: f"{m[1]}\\{m[2]}" if m[1] else f"\\{m[3]}", escaped)
