"""A sequence that is ready to be sent, in plain text whatever format it was written in."""

import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from setpiece.agents.run_repository import KeptRun

_BREAK = re.compile(r"<br>|</p>\n<p>|</?p>\n?")
_BREAKS = {"<br>": "\n", "</p>\n<p>": "\n\n"}
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]<>#|~$&.)+=-])")


@dataclass(frozen=True, slots=True)
class ReadyEmail:
    """Subject and body as text: paragraphs parted by a blank line."""

    subject: str
    body: str

    @property
    def body_html(self) -> str:
        """The body as a fragment without block elements, for a field of somebody else's template."""
        return html.escape(self.body, quote=False).replace("\n", "<br>")


@dataclass(frozen=True, slots=True)
class Ready:
    """Who is written to (fields of the contract, those that are known) and what; `chosen` are names and the confidence."""

    request_id: str
    person: Mapping[str, str]
    emails: Sequence[ReadyEmail]
    chosen: Mapping[str, str]


def ready_from(run: KeptRun) -> Ready:
    """From a kept run; one that wrote nothing has no emails."""
    return ready_of(run.request_id, run.person, run.output["data"] or {})


def ready_of(request_id: str, asked: Mapping[str, Any], data: Mapping[str, Any]) -> Ready:
    """From a request and the data of its answer."""
    written_as = str(asked.get("outputFormat") or "text").lower()
    return Ready(
        request_id,
        {name: value for name, value in asked.items() if isinstance(value, str) and value},
        [
            ReadyEmail(email["subject"], plain_text(email["email"], written_as))
            for email in data.get("emails", ())
        ],
        _chosen(data),
    )


def plain_text(body: str, written_as: str) -> str:
    """What `writer.render` wrote, as text again."""
    if written_as == "html":
        return html.unescape(_BREAK.sub(lambda found: _BREAKS.get(found[0], ""), _parted(body))).strip()
    if written_as == "markdown":
        return _ESCAPED.sub(r"\1", body.replace("  \n", "\n"))
    return body


def _parted(body: str) -> str:
    """Each paragraph on the line after the last: sections may follow each other with one line break."""
    return re.sub(r"</p>\s*<p>", "</p>\n<p>", body)


def _chosen(data: Mapping[str, Any]) -> dict[str, str]:
    found = {}
    for kind in ("product", "playbook", "persona", "segment"):
        if one := data.get(kind):
            found[kind] = one["name"]
            found[f"{kind}Confidence"] = one["matchConfidence"] or ""
    return found
