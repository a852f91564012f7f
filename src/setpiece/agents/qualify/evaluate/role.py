"""Who the person is, from the job title as the library reads titles: level, function, founder."""

from collections.abc import Iterator

from setpiece.agents.qualify.evaluate import words as w
from setpiece.agents.qualify.evaluate.known import Known
from setpiece.agents.qualify.evaluate.question import Asked
from setpiece.agents.qualify.evaluate.verdict import Evidence, Verdict, no, yes
from setpiece.agents.qualify.evaluate.words import words_of
from setpiece.library.titles import functions
from setpiece.library.titles.parse import Title, parse_title
from setpiece.library.titles.seniority import ORDER, Seniority
from setpiece.matching.model import Confidence

_LEVELS = {
    "vp": Seniority.VP, "vice president": Seniority.VP, "head": Seniority.HEAD, "director": Seniority.DIRECTOR,
    "manager": Seniority.MANAGER, "c-level": Seniority.C_LEVEL, "executive": Seniority.C_LEVEL, "team lead": Seniority.LEAD,
    "senior": Seniority.SENIOR,
}  # fmt: skip
_BELOW_EXECUTIVE = ORDER[ORDER.index(Seniority.MANAGER) :]
_OR_ABOVE = (
    ["or", "above"],
    ["and", "above"],
    ["or", "higher"],
    ["and", "up"],
    ["or", "more", "senior"],
    ["or", "up"],
)
_FOUNDER = w.roots("founder cofounder founders co-founder")
_IDLE = (
    w.ARTICLES | w.PREPOSITIONS - {"in"} | w.SUBJECTS | w.roots("level work seniority at current")
) - _FOUNDER
_RUNNING = frozenset(ORDER[: ORDER.index(Seniority.LEAD) + 1])
"""Levels that answer for their function."""


def from_role(asked: Asked, known: Known) -> Iterator[Verdict]:
    """At most one verdict, and only when the question asks for nothing but the role."""
    if not asked.about_person or not known.job_title:
        return
    title, evidence = parse_title(known.job_title), Evidence("jobTitle", known.job_title)
    for rule in (_level, _founder, _function):
        if verdict := rule(asked, title, evidence):
            yield verdict
            return


def _level(asked: Asked, title: Title, evidence: Evidence) -> Verdict | None:
    """`a director or above`, `an executive`."""
    texts = [word.text.lower() for word in asked.terms if word.root not in _IDLE]
    above = next(
        (ending for ending in _OR_ABOVE if texts[-len(ending) :] == ending or texts[-1:] == ending[-1:]), None
    )
    named = " ".join(
        word
        for word in texts
        if word not in ("or", "and", "above", "higher", "up", "more", "senior") or not above
    )
    wanted = _LEVELS.get(named)
    if wanted is None or title.seniority is None:
        return None
    if above is None and wanted is not Seniority.C_LEVEL:
        return None
    if title.seniority is Seniority.HEAD and wanted is Seniority.VP:
        return None  # what a head of something ranks as differs from company to company
    reached = ORDER.index(title.seniority) <= ORDER.index(wanted)
    told = f"The title is read as level {title.seniority.value}."
    if reached:
        return yes(evidence, told, Confidence.MEDIUM)
    if above is None and title.seniority not in _BELOW_EXECUTIVE:
        return None
    return no(evidence, told, Confidence.MEDIUM)


def _founder(asked: Asked, title: Title, evidence: Evidence) -> Verdict | None:
    named = {word.root for word in asked.terms} - _IDLE
    if not named or not named <= _FOUNDER or not asked.is_a:
        return None
    if {word.root for word in words_of(evidence.quote)} & _FOUNDER:
        return yes(evidence, "The title says founder.", Confidence.HIGH)
    high = title.seniority in ORDER[: ORDER.index(Seniority.HEAD)]
    return (
        None
        if high or not title.functions
        else no(evidence, "The title is that of an employee.", Confidence.MEDIUM)
    )


def _function(asked: Asked, title: Title, evidence: Evidence) -> Verdict | None:
    """`in sales`, `work in security`, `responsible for RevOps`."""
    texts = [word for word in asked.terms if word.root not in _IDLE]
    responsible = bool(texts) and texts[0].text.lower() == "responsible"
    if not responsible and not (texts and texts[0].root == "in"):
        return None
    about = [
        word.text
        for word in texts
        if word.root not in ("in", w.root_of("responsible"), w.root_of("team"), w.root_of("department"))
    ]
    if not about or len(about) > 3:
        return None
    read = parse_title(" ".join(about))
    if len(read.functions) != 1 or read.seniority is not None or not title.functions:
        return None
    return _fits(read.functions[0], title, evidence, responsible=responsible)


def _fits(
    wanted: functions.Function, title: Title, evidence: Evidence, *, responsible: bool
) -> Verdict | None:
    held = [function for role in title.roles for function in role.functions]
    told = f"The title is read as {', '.join(one.value.replace('_', ' ') for one in held)}."
    if wanted in held:
        leads = title.seniority in _RUNNING
        return yes(evidence, told, Confidence.MEDIUM) if leads or not responsible else None
    if any(functions.closeness(wanted, one) for one in held) or responsible or title.roles[0].vague:
        return None
    return no(evidence, told, Confidence.MEDIUM)
