"""Every statement before it is printed: words that were said, numbers and names that its points have, nothing twice. Pure.

Checked word by word, not by meaning: a statement that turns a point around with the point's own words passes. So each one has to show the
words or the time it rests on, and the reader can listen.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from setpiece.kernel.clock import show_place
from setpiece.reports.moments import Found
from setpiece.reports.writing.llm.answer import Answered, Said
from setpiece.reports.writing.llm.material import Planned
from setpiece.reports.writing.model import Statement
from setpiece.reports.writing.realise import quoted_text

_QUOTED = re.compile(r"“([^”]*)”|«([^»]*)»|\"([^\"]*)\"")
_TIME = re.compile(r"\d+:\d\d(?::\d\d)?")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_NAME = re.compile(r"(?<![.!?:“«\"] )(?<!^)\b[A-ZÁÉÍÓÚÂÊÔÃÕÇÑ][\w'’-]+")
_SENTENCE = re.compile(r"(?<=[.!?]) ")
_MARKUP = re.compile(r"[<>`*_#|\[\]{}\\]|://")
_INNER = re.compile(
    r"\b(?:anxi\w+|nervous\w*|insecur\w+|stress\w*|angry|anger|afraid|fear\w*|happy|sad\b|upset|emotion\w*|mood|feel(?:s|ing|ings)?|felt|"
    r"personalit\w+|introver\w+|extrover\w+|character|temper\w*|health\w*|depress\w+|tone of voice|voice|pitch|"
    r"ansios\w+|nervios\w+|insegur\w+|enfad\w+|triste|emoci\w+|ánimo|personalidad\w*|voz|miedo|siente|salud|"
    r"ansiedade|nervos\w+|raiva|emoç\w+|humor|personalidade|sente|medo|saúde)\b",
    re.IGNORECASE,
)
"""Words for what goes on inside a person or for the sound of a voice: nobody may be described by them, though they may be quoted."""
_BINDING = re.compile(
    r"\b(?:agree|promis|commit|sign(?:s|ed|ing)\b|bought|approv|accept|guarant|refus|reject|"
    r"acord|promet|compromet|firm(?:ó|ado|ar)|compr(?:ó|ou)|aprob|aprov|acept|aceit|garant|rechaz|recus|concord|combin)\w*",
    re.IGNORECASE,
)
"""What binds somebody or ends a deal is said only where a point says it."""
_BINDING_STEM = 5
LONGEST_WORDS = 45
_LONGEST_TITLE_WORDS = 12
_MOST_QUOTED = 2
_MOST_PROBLEMS = 20
"""Told back at once; more help no model."""
_TRAITS = 3
_SUMMARY = 4


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, where, in words that the model and a person understand."""

    key: str
    place: str
    reason: str

    def __str__(self) -> str:
        return f"{self.key}, {self.place}: {self.reason}."


@dataclass(slots=True)
class _Report:
    """What may come only once or twice in a report."""

    names: str
    said: set[str] = field(default_factory=set)
    quoted: Counter[str] = field(default_factory=Counter)


def problems_in(answered: Sequence[Answered], planned: Sequence[Planned], found: Found) -> list[Problem]:
    """Everything that keeps this answer from being printed, the first twenty; empty when it may be."""
    wanted = [one.key for one in planned]
    if [one.key for one in answered] != wanted:
        return [
            Problem("The report", "the whole", f"it must have the sections {', '.join(wanted)} in this order")
        ]
    report = _Report(names=" ".join(filter(None, (found.name, found.other))))
    problems = [
        problem
        for section, plan in zip(answered, planned, strict=True)
        for problem in _of_section(section, plan, report)
    ]
    return problems[:_MOST_PROBLEMS]


def _of_section(section: Answered, plan: Planned, report: _Report) -> Iterator[Problem]:
    least, most = (_TRAITS, _TRAITS) if plan.kind == "traits" else (1, max(1, len(plan.points)))
    most = _SUMMARY if plan.section is None else most
    if not least <= len(section.statements) <= most:
        yield Problem(section.key, "the whole", f"it must have {least} to {most} statements")
    for said in section.statements:
        place = f"“{(said.title or said.text)[:80]}”"
        yield from (Problem(section.key, place, reason) for reason in _of_statement(said, plan, report))


def _of_statement(said: Said, plan: Planned, report: _Report) -> Iterator[str]:
    cited = [plan.points[one] for one in said.points if one in plan.points]
    if len(cited) < len(said.points):
        yield "it cites a point that this section does not have"
    if not cited:
        yield "it cites no point"
        return
    yield from _form(said, plan, report)
    for text in filter(None, (said.title, said.text)):
        yield from _rests_on(text, cited, report)
    if not _shows(f"{said.title} {said.text}", cited):
        yield "it shows neither words nor a time of the points it cites"


def _form(said: Said, plan: Planned, report: _Report) -> Iterator[str]:
    needs_title = plan.kind in {"actions", "traits"}
    if needs_title != bool(said.title):
        yield "it must have a title" if needs_title else "its title must be empty"
    if len(said.title.split()) > _LONGEST_TITLE_WORDS:
        yield f"its title has more than {_LONGEST_TITLE_WORDS} words"
    if not said.text or len(_unquoted(said.text).split()) > LONGEST_WORDS:
        yield f"it must have 1 to {LONGEST_WORDS} words beside what it quotes"
    for text in (said.title, *_sentences(said.text)):
        if text and text in report.said:
            yield f"“{text[:60]}” was said before"
        report.said.add(text)


def _sentences(text: str) -> list[str]:
    """The sentences of the writer; what is quoted may have several, and "Mr." ends none."""
    whole = _QUOTED.sub(lambda match: match[0].replace(" ", "_"), text.casefold())
    return [one for one in _SENTENCE.split(whole) if len(one.split()) > 1]


def _rests_on(text: str, cited: Sequence[Statement], report: _Report) -> Iterator[str]:
    """Words, numbers and names of the points that are cited."""
    spoken = [one for statement in cited for one in [*statement.point.quotes, *statement.point.cites]]
    words = [quoted_text(one) for one in spoken]
    told = " ".join([*words, *(f"{one.title or ''} {one.text}" for one in cited)])
    bare = _unquoted(text)
    yield from _quotations(text, words, report)
    times = {show_place(one.start_s) for one in spoken}
    yield from (f"{one} is no time of the points it cites" for one in _TIME.findall(bare) if one not in times)
    numbers = set(_NUMBER.findall(_TIME.sub(" ", told)))
    for number in _NUMBER.findall(_TIME.sub(" ", bare)):
        if number not in numbers:
            yield f"the number {number} is in none of the points it cites"
    for name in _NAME.findall(bare):
        if name not in told and name not in report.names:
            yield f"“{name[:40]}” is in none of the points it cites"
    for match in _BINDING.finditer(bare):
        if match[0][:_BINDING_STEM].casefold() not in told.casefold():
            yield f"“{match[0]}” is in none of the points it cites"
    if inner := _INNER.search(bare):
        yield f"“{inner[0]}” speaks of what nobody can hear in words"
    if _MARKUP.search(bare) or "\n" in bare:
        yield "it holds markup"


def _quotations(text: str, words: Sequence[str], report: _Report) -> Iterator[str]:
    for match in _QUOTED.finditer(text):
        quoted = next(filter(None, match.groups()), "").rstrip(" .,;:")
        source = next((one for one in words if quoted and quoted in one), None)
        if source is None:
            yield f"“{quoted[:60]}” is not in the points it cites, letter by letter"
            continue
        report.quoted[source] += 1
        if report.quoted[source] > _MOST_QUOTED:
            yield f"“{quoted[:60]}” is quoted more than twice"


def _shows(text: str, cited: Sequence[Statement]) -> bool:
    """Whether a reader can see what it rests on: a quotation, a time, or the number that was measured."""
    has_measure = any(one.point.measures for one in cited) and bool(_NUMBER.search(_unquoted(text)))
    return bool(_QUOTED.search(text) or _TIME.search(text) or has_measure)


def _unquoted(text: str) -> str:
    return _QUOTED.sub(" ", text)
