"""Fills the placeholders of a template; where a value is missing the phrase goes, never a bracket stays."""

import re
from collections.abc import Mapping

from setpiece.agents.sequence.writer.casing import upper_start
from setpiece.agents.sequence.writer.clean import clean_first_name, clean_name

_FIELD = re.compile(r"\{\{\s*([A-Za-z][\w.]*)\s*\}\}")
_STAND_INS = {"companyName": "your company", "jobTitle": "your role"}
"""What a sentence says when a phrase around the placeholder cannot be dropped."""


def fill(template_text: str, values: Mapping[str, str | None]) -> str:
    """The text with every `{{field}}` replaced.

    Without a value: "Hi {{firstName}}," becomes "Hi,"; "As {{jobTitle}}, you" becomes "You"; "at {{companyName}}"
    goes; a company or title in another place becomes "your company" or "your role"; a sentence with any other
    missing field is left out.
    """
    known = {name: value for name in values if (value := _clean(name, values[name])) is not None}
    text = _FIELD.sub(lambda match: known.get(match[1], match[0]), template_text)
    missing = {match[1] for match in _FIELD.finditer(text)}
    for name in sorted(missing):
        text = _without(text, name)
    return text


def _clean(name: str, value: str | None) -> str | None:
    cleaned = clean_first_name(value) if name == "firstName" else clean_name(value)
    return None if cleaned is None or "{{" in cleaned else cleaned


def _without(text: str, name: str) -> str:
    slot = r"\{\{\s*" + re.escape(name) + r"\s*\}\}"
    text = re.sub(r"\bAs (?:an? )?" + slot + r",\s*(\w)", lambda m: m[1].upper(), text)
    text = re.sub(r"\b(?:At|In|For|With) " + slot + r",?\s*(\w)", lambda m: m[1].upper(), text)
    text = re.sub(r"(\b(?:Hi|Hello|Hey|Dear))[ \t]+" + slot, r"\1", text)
    text = re.sub(r"[ \t]+(?:at|for|in|with|about|on|and|to)[ \t]+" + slot, "", text)
    text = re.sub(r",[ \t]*" + slot + r"(?=[,.!?]|$)", "", text, flags=re.MULTILINE)
    stand_in = _STAND_INS.get(name)
    if stand_in is not None:
        text = re.sub(r"(^|[.!?]\s+|\n)" + slot, lambda m: m[1] + upper_start(stand_in), text)
        return re.sub(slot, stand_in, text)
    return _drop_sentences(text, slot)


def _drop_sentences(text: str, slot: str) -> str:
    lines = []
    for line in text.split("\n"):
        if not re.search(slot, line):
            lines.append(line)
            continue
        kept = [part for part in re.split(r"(?<=[.!?])\s+", line) if not re.search(slot, part)]
        if kept:
            lines.append(" ".join(kept))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")
