"""Instructions for the embedded writer: a small set of patterns; what is not understood becomes a note.

    length    "under 60 words", "max 80 words", "keep it short", "longer"
    tone      "formal", "casual", "friendly", "direct"
    ps        "no ps", "add a ps"
    facts     "mention X", "focus on X" (facts that hold X come first); "avoid X", "don't mention X"
    wording   "subject: X", "cta: X", "ask: X", "sign off with X", "sign off as X"
    form      "no questions", "no greeting", "use first name"

An instruction is data: of its text only the values of `subject`, `cta` and `sign off` are ever printed.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from setpiece.agents.sequence.writer.clean import clean_text, holds_placeholder
from setpiece.agents.sequence.writer.model import Length, Tone

_QUOTED_CHARS = 120
_MAX_VALUE_CHARS = 120
_MAX_CHARS = 2_000


@dataclass(frozen=True, slots=True)
class Directives:
    """What the instructions of one email ask for; None and empty mean "nothing said"."""

    max_words: int | None = None
    length: Length | None = None
    tone: Tone | None = None
    ps: bool | None = None
    prefer: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()
    sign_off: str | None = None
    signed_as: str | None = None
    subject: str | None = None
    cta: str | None = None
    questions: bool = True
    greeting: bool = True


@dataclass(frozen=True, slots=True)
class Instructed:
    """The directives of each step, and the clauses that were not understood."""

    for_all: Directives = field(default_factory=Directives)
    by_step: Mapping[int, Directives] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    def at(self, step: int) -> Directives:
        return self.by_step.get(step, self.for_all)


Rule = Callable[[Directives, "re.Match[str]"], Directives]


def _add(values: tuple[str, ...], text: str) -> tuple[str, ...]:
    parts = re.split(r"\s*(?:,| and | or )\s*", text.strip(" \"'“”.!"))
    return values + tuple(part.strip(" \"'“”") for part in parts if part.strip(" \"'“”"))


def _value(match: "re.Match[str]") -> str:
    return clean_text(match["x"]).strip(" \"'“”")[:_MAX_VALUE_CHARS]


_WORDS = r"(?:please )?"
_RULES: tuple[tuple[str, Rule], ...] = (
    (r"subject(?: line)?\s*[:=]\s*(?P<x>.+)", lambda d, m: replace(d, subject=_value(m).rstrip("."))),
    (r"(?:cta|ask|call to action)\s*[:=]\s*(?P<x>.+)", lambda d, m: replace(d, cta=_value(m))),
    (r"sign(?: it)?[ -]?off with\s+(?P<x>.+)", lambda d, m: replace(d, sign_off=_value(m))),
    (r"sign(?: it)?(?:[ -]?off)? as\s+(?P<x>.+)", lambda d, m: replace(d, signed_as=_value(m).rstrip("."))),
    (
        r"(?:don'?t|do not|never|no)\s+(?:mention|talk about|use|say|refer to|bring up)\s+(?:the word |the words |any )?(?P<x>.+)",
        lambda d, m: replace(d, avoid=_add(d.avoid, m["x"])),
    ),
    (
        r"avoid\s+(?:mentioning |talking about |the word |using )?(?P<x>.+)",
        lambda d, m: replace(d, avoid=_add(d.avoid, m["x"])),
    ),
    (
        r"(?:.{0,60}\b)?(?:under|max(?:imum)?(?: of)?|at most|no more than|up to|less than|below|within)\s+(?P<n>\d{1,4})\s*words.*",
        lambda d, m: replace(d, max_words=max(int(m["n"]), 20)),
    ),
    (
        r"(?:no|without(?: a)?|skip the|omit the|don'?t (?:add|include|use) (?:a )?)\s*p\.?\s?s\.?",
        lambda d, _: replace(d, ps=False),
    ),
    (r"(?:add|include|with|use)(?: a)?\s*p\.?\s?s\.?", lambda d, _: replace(d, ps=True)),
    (
        r"(?:no|without|avoid|don'?t ask)(?: any| a)? questions?(?: marks?)?",
        lambda d, _: replace(d, questions=False),
    ),
    (
        r"(?:no|without(?: a)?|skip the|omit the)\s*(?:greeting|salutation)",
        lambda d, _: replace(d, greeting=False),
    ),
    (
        r"(?:use|greet (?:them |him |her )?(?:by|with))(?: the| their)? first names?(?: only)?",
        lambda d, _: replace(d, greeting=True),
    ),
    (
        r"(?:mention|focus on|emphasi[sz]e|highlight|lead with|talk about|concentrate on|stress)\s+(?:the |our |their )?(?P<x>.+)",
        lambda d, m: replace(d, prefer=_add(d.prefer, m["x"])),
    ),
    (
        r"(?:keep (?:it|this|them|the emails?) |make (?:it|this|them) |be |write )?(?:very )?(?:short|shorter|brief|concise)(?: emails?)?",
        lambda d, _: replace(d, length=Length.SHORT),
    ),
    (
        r"(?:make (?:it|this|them) |be |write )?(?:long|longer|more detail(?:ed)?)(?: emails?)?",
        lambda d, _: replace(d, length=Length.LONG),
    ),
    (
        (
            r"(?:keep (?:it|this|the tone) |make (?:it|this) |be |use a |write in a |tone\s*[:=]\s*)?(?:more |very |a )?"
            r"(?P<t>formal|casual|friendly|direct)(?: tone| style| voice)?"
        ),
        lambda d, m: replace(d, tone=Tone(m["t"].lower())),
    ),
)
_COMPILED = tuple((re.compile(_WORDS + pattern, re.IGNORECASE | re.DOTALL), rule) for pattern, rule in _RULES)
_CLAUSE_BREAK = re.compile(r"(?:\r?\n|;|(?<=[.!?])\s+)")
_COMMA = re.compile(
    r",\s*(?:and\s+)?|\s+and\s+(?=(?:no|add|avoid|don't|keep|mention|focus|be|use|sign)\b)", re.IGNORECASE
)


def read_instructions(instructions: Mapping[str, str], num_emails: int) -> Instructed:
    """The directives for each of `num_emails` steps; those of a step add to those for all."""
    for_all, notes = _read(Directives(), instructions.get("all", ""), "")
    by_step: dict[int, Directives] = {}
    for key in sorted(key for key in instructions if key != "all"):
        step = int(key) if key.isdecimal() and len(key) < 3 else 0
        if not 1 <= step <= num_emails:
            notes.append(
                f"There is no email {_quoted(key)} in this sequence, so its instructions were not used."
            )
            continue
        by_step[step], more = _read(for_all, instructions[key], f" for email {step}")
        notes += more
    return Instructed(for_all, by_step, tuple(notes))


def _read(directives: Directives, text: str, where: str) -> tuple[Directives, list[str]]:
    notes: list[str] = []
    for clause in _clauses(text):
        read = _read_clause(directives, clause)
        if read is None:
            notes.append(f"The embedded writer cannot follow this instruction{where}: {_quoted(clause)}.")
        else:
            directives = read
    return directives, notes


def _clauses(text: str) -> list[str]:
    parts: list[str] = []
    for piece in _CLAUSE_BREAK.split(text[:_MAX_CHARS]):
        piece = piece.strip(" \t-*•")
        if not piece:
            continue
        split = [part.strip() for part in _COMMA.split(piece) if part and part.strip()]
        understood = _read_clause(Directives(), piece) is None
        parts += split if understood and len(split) > 1 else [piece]
    return parts


def _read_clause(directives: Directives, clause: str) -> Directives | None:
    bare = clause.strip().rstrip(".!")
    for pattern, rule in _COMPILED:
        match = pattern.fullmatch(bare if "x" not in pattern.groupindex else clause.strip())
        if match is not None and not ("x" in pattern.groupindex and holds_placeholder(match["x"])):
            return rule(directives, match)
    return None


def _quoted(text: str) -> str:
    cleaned = clean_text(text)
    short = cleaned if len(cleaned) <= _QUOTED_CHARS else cleaned[: _QUOTED_CHARS - 1].rstrip() + "…"
    return f"“{short}”"
