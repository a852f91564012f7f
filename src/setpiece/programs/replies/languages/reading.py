"""Reads the languages from their `.rules` files; the comment at the top of `en.rules` says how one is written."""

import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from setpiece.library.titles.words import fold
from setpiece.programs.replies.languages.language import Language, Pattern, Signal

CODES = ("en", "es", "pt", "de", "fr")
_ALONE = " alone"
_GAP = r" (?:[\w*]+ ){0,5}?"
"""What " ... " stands for: up to five words, none of which ends a sentence."""
_LONG_GAP = r" .{0,200}? ?"
"""The same in "On …, … wrote:", where a name, an address and a date stand."""
_UMLAUTS = {"ä": "(ae|a)", "ö": "(oe|o)", "ü": "(ue|u)"}  # people without the keys write two letters
_TRAILING_GAP = re.compile(r"\s*\??\.\.\.$")
_GROUP = re.compile(r"(?<!\\)\((?!\?)")
_SENTENCE_END = re.compile(r"[.!?;:\n…]+")
_NO_WORD = re.compile(r"[^\w*.👍]+")


@cache
def read_languages() -> tuple[Language, ...]:
    """All of them, read once."""
    return tuple(read_language(code) for code in CODES)


def read_language(code: str) -> Language:
    sections = _sections(files(__package__).joinpath(f"{code}.rules").read_text(encoding="utf-8"))
    compiled = {name: _compiled(name, lines, code) for name, lines in sections.items() if name != "words"}
    return Language(
        code=code,
        phrases={signal: compiled[signal] for signal in Signal},
        alone={
            Signal(name.removesuffix(_ALONE)): pattern
            for name, pattern in compiled.items()
            if name.endswith(_ALONE)
        },
        negation=compiled["not"],
        adversative=compiled["but"],
        away=compiled["away"],
        away_subject=compiled["away subject"],
        undelivered=compiled["undelivered"],
        delayed=compiled["delayed"],
        unknown_address=compiled["unknown address"],
        close=compiled["close"],
        disclaimer=compiled["disclaimer"],
        original=compiled["original"],
        wrote=compiled["wrote"],
        header=compiled["header"],
        words=frozenset(" ".join(sections["words"]).split()),
    )


def folded(text: str) -> str:
    """Words without case, accents and apostrophes, one space between them; ` . ` ends a sentence."""
    plain = fold(text).replace("'", "").replace("’", "").replace("`", "")
    words = _NO_WORD.sub(" ", _SENTENCE_END.sub(" . ", plain))
    return " ".join(words.split())


def _sections(text: str) -> dict[str, list[str]]:
    sections: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in text.splitlines():
        if line.startswith("["):
            lines = sections.setdefault(line.strip("[]"), [])
        elif line and not line.startswith("#"):
            lines.append(line)
    return sections


def _compiled(name: str, lines: Sequence[str], code: str) -> Pattern:
    gap = _LONG_GAP if name == "wrote" else _GAP
    return re.compile(f"(?<!\\S)(?:{'|'.join(_expanded(line, code, gap) for line in lines)})(?!\\S)")


def _expanded(line: str, code: str, gap: str) -> str:
    """The regular expression that a line stands for, over folded text."""
    if code == "de":
        for umlaut, both in _UMLAUTS.items():
            line = line.replace(umlaut, both)
    plain = fold(line).replace("'", "").replace(",?", "").replace("-", " ")
    plain = _TRAILING_GAP.sub("", plain).replace(" ... ", gap)
    return _GROUP.sub("(?:", plain)
