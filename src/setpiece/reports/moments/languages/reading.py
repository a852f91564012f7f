"""Reads a language from its `.rules` file; the comment at the top of `en.rules` says how one is written."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources import files

from setpiece.reports.moments.languages.language import AskedRule, Language, Pattern, Rule
from setpiece.reports.moments.model import Kind, Topic

_GAP = r"\b.{1,60}?(?<!\w)"
"""What "..." stands for: the words between two parts of one thought."""
_MACRO = re.compile(r"(?<!\?P)<(\w+)>")
_GROUP = re.compile(r"(?<!\\)\((?!\?)")
_OPEN = frozenset({"greeting", "introduction", "lead_in", "anaphor"})
"""Patterns that end before a word, not after one."""
_BETWEEN = frozenset({"joint"})
"""Patterns that begin after a word as well."""


@dataclass(slots=True)
class _Group:
    """A name, what stands beside it, and its lines."""

    name: str
    said: str
    lines: list[str] = field(default_factory=list)


Sections = Mapping[str, Sequence[_Group]]


def read_language(code: str) -> Language:
    sections = _sections(files(__package__).joinpath(f"{code}.rules").read_text(encoding="utf-8"))
    macros = _macros(sections["let"])
    words = {one.name: _compiled(one, macros) for one in sections["words"]}
    return Language(
        code=code,
        rules=tuple(_rules(code, sections, macros)),
        asked=tuple(_asked(code, sections["asked"], macros)),
        topics=tuple((Topic(one.name), _compiled(one, macros)) for one in sections["topic"]),
        terms={one.name: _compiled(one, macros) for one in sections["term"]},
        like={Kind(one.name): tuple(one.lines) for one in sections["like"]},
        plain=frozenset(" ".join(line for one in sections["plain"] for line in one.lines).split()),
        **words,
    )


def _sections(text: str) -> dict[str, list[_Group]]:
    """The groups of each section; a section's heading keeps what stands beside its name."""
    sections: dict[str, list[_Group]] = {}
    groups: list[_Group] = []
    for line in text.splitlines():
        if line.startswith("["):
            groups = sections.setdefault(line.strip("[] "), [])
        elif line.startswith("    "):
            groups[-1].lines.append(line[4:])
        elif line and not line.startswith("#"):
            name, _, said = line.partition(" ")
            groups.append(_Group(name, said))
    return sections


def _macros(groups: Sequence[_Group]) -> dict[str, str]:
    macros: dict[str, str] = {}
    for one in groups:
        macros[one.name] = f"(?:{_alternatives(one, macros)})"
    return macros


def _alternatives(group: _Group, macros: Mapping[str, str]) -> str:
    return "|".join(_expanded(line, macros) for line in group.lines)


def _expanded(line: str, macros: Mapping[str, str]) -> str:
    """The regular expression that a line stands for; recognisers write either apostrophe."""
    grouped = _GROUP.sub("(?:", line).replace(" ... ", _GAP).replace("'", "['’]")
    return _MACRO.sub(lambda match: macros[match[1]], grouped)


def _compiled(group: _Group, macros: Mapping[str, str]) -> Pattern:
    before = "" if group.name in _BETWEEN else r"(?<!\w)"
    after = "" if group.name in _OPEN | _BETWEEN else r"(?!\w)"
    return re.compile(f"{before}(?:{_alternatives(group, macros)}){after}", re.IGNORECASE)


def _rules(code: str, sections: Sections, macros: Mapping[str, str]) -> Iterator[Rule]:
    kinds = {kind.value: kind for kind in Kind}
    for heading, groups in sections.items():
        name, _, how = heading.partition(" ")
        if name in kinds:
            for one in groups:
                rule_id = f"{code}.{name}.{one.name}"
                yield Rule(rule_id, kinds[name], _compiled(one, macros), float(one.said), how == "whole")


def _asked(code: str, groups: Sequence[_Group], macros: Mapping[str, str]) -> Iterator[AskedRule]:
    for one in groups:
        kind = None if one.said == "nothing" else Kind(one.said)
        yield AskedRule(f"{code}.asked.{one.name}", kind, _compiled(one, macros))
