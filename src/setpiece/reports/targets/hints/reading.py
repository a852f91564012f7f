"""A hint becomes wishes: phrases that are known first, and what is left is a name, a company or a description."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from setpiece.library.titles.words import STOP_WORDS
from setpiece.reports.targets.hints.heard import plain
from setpiece.reports.targets.hints.lexicon.departments import DEPARTMENTS
from setpiece.reports.targets.hints.lexicon.roles import (
    ASKED,
    DESCRIBED,
    FIRST_TO,
    GENDER,
    NEGATION,
    NUMBERED,
    ROLE_PATTERNS,
    SAID,
    SOUND,
    TALKING_WITH,
)
from setpiece.reports.targets.hints.wishes import (
    CalledWish,
    DepartmentWish,
    Reading,
    RoleWish,
    TopicWish,
    Wish,
)

_CLAUSE = re.compile(
    r",(?!\d)|[;:()]|\bbut not\b|\bbut\b(?<!anyone but)(?<!anybody but)(?<!everyone but)(?<!everybody but)|\bpero\b|\bsino\b",
    re.IGNORECASE,
)
_ORIGIN = re.compile(r"\b(?:from|at|of|de|del|da|do|das|dos|en|em|na|no)(?: (?:the|la|el|las|los|o|a))?$")
_ALTERNATIVES = re.compile(r"\b(?:nor|or|and|y|ni|e|ou|nem)\b")
_DOING = re.compile(r"(?:ing|ando|endo)$")
_ABOUT = re.compile(r"\b(?:with|about|con|com|sobre)(?: (?:the|a|la|el|los|las|un|una|o|os|as|um|uma))?$")
_PORTUGUESE_WORDS_TEXT = """
quem pessoa o do da nao um uma ela ele cara pelo pela ao
"""
_PORTUGUESE_WORDS = frozenset(_PORTUGUESE_WORDS_TEXT.split())
_NEUTRAL_TEXT = """
one ones person people persons guy guys someone somebody speaker speakers participant participants side
call meeting conversation recording talking speaking talk speak named called name department area team
part our ours who that other please find pick choose report want target works work working is s not never
anyone everyone everybody anybody except besides excluding apart neither nor instead rather without role job head mr
mrs ms dr really actually only just being lot whole new el ella ellos la las lo los un una persona
personas alguien hablante participante llamada llamado reunion conversacion quien quienes que trabaja
trabajan departamento equipo parte lado otro otra senor senora don dona sr sra es son esta de del al se
con por no nunca excepto menos salvo sin ser sea todos todas sino le les su nuestro nuestra o a os as ele
ela eles pessoa pessoas alguem falante ligacao chamada reuniao conversa quem chamado trabalha trabalham
setor time equipe lado outro outra senhor senhora e sao da do das dos na no nas nos ao com por nao exceto
sem pessoal gente folks people represents representa representing nosso nossa seu sua uma um cara gente
"""
_NEUTRAL = STOP_WORDS | frozenset(_NEUTRAL_TEXT.split())


@dataclass(slots=True)
class _Clause:
    """A part of a hint between commas; what is understood is blanked, so that nothing is understood twice."""

    rest: str
    negations: list[int] = field(default_factory=list)

    def take(self, pattern: re.Pattern[str]) -> "re.Match[str] | None":
        found = pattern.search(self.rest)
        if found and found.end() > found.start():
            self.rest = (
                self.rest[: found.start()] + " " * (found.end() - found.start()) + self.rest[found.end() :]
            )
            return found
        return None

    def is_denied(self, at: int) -> bool:
        """Whether a negation stands before it in this clause."""
        return any(one < at for one in self.negations)


def read_hint(hint: str) -> Reading:
    """The wishes in their order. Without any, nothing of the hint was understood."""
    wishes: list[Wish] = []
    unjudged: list[str] = []
    numbered: str | None = None
    is_portuguese = bool(_PORTUGUESE_WORDS & set(plain(hint).split()))
    for part in _CLAUSE.split(hint):
        clause = _clause(part or "", is_portuguese, is_denied=_denies(hint, part))
        if found := clause.take(NUMBERED):
            numbered = found[0]
            continue
        topic = _topic(clause)
        wishes += _roles(clause)
        wishes += topic
        unjudged += [found[0].strip() for pattern in (SOUND, GENDER) for found in _all(clause, pattern)]
        wishes += _left(clause)
    return Reading(tuple(wishes), tuple(unjudged), numbered)


def _denies(hint: str, part: str | None) -> bool:
    """Whether the comma before this part was a "but not"."""
    return bool(part) and re.search(rf"\bbut not{re.escape(part or '')}", hint, re.IGNORECASE) is not None


def _clause(part: str, is_portuguese: bool, *, is_denied: bool) -> _Clause:
    clause = _Clause(plain(part))
    for found in NEGATION.finditer(clause.rest):
        if found[0] != "no" or not is_portuguese:
            clause.negations.append(found.start())
    if is_denied:
        clause.negations.append(-1)
    return clause


def _all(clause: _Clause, pattern: re.Pattern[str]) -> Iterator["re.Match[str]"]:
    while found := clause.take(pattern):
        yield found


def _topic(clause: _Clause) -> list[Wish]:
    """What somebody said or asked: everything after the verb, which is taken out of the clause."""
    if any(pattern.search(clause.rest) for role, pattern in ROLE_PATTERNS if role in _WITH_SAYING):
        return []
    for pattern, in_questions in ((ASKED, True), (SAID, False)):
        found = pattern.search(clause.rest)
        if found is None or not set(clause.rest[found.end() :].split()) - STOP_WORDS:
            continue
        text = clause.rest[found.end() :].strip()
        denied = clause.is_denied(found.start())
        is_first = FIRST_TO.search(clause.rest[: found.end()]) is not None
        clause.rest = clause.rest[: found.start()]
        return [TopicWish(text, in_questions, is_first, denied)]
    return []


_WITH_SAYING = {
    role
    for role, _ in ROLE_PATTERNS
    if role.value.startswith(("asks", "answers", "talks", "speaks", "longest", "fast", "slow"))
}


def _roles(clause: _Clause) -> Iterator[Wish]:
    if found := clause.take(TALKING_WITH):
        # "The one talking to Joe" is anybody but Joe; a name may stand within what was found.
        words = _content(found[0] + " " + clause.rest[found.end() :])
        words = [one for one in words if not TALKING_WITH.search(one) and not _TALK.match(one)]
        if words:
            clause.rest = clause.rest[: found.start()]
            yield CalledWish(tuple(words[:2]), is_denied=True)
        if re.search(r"sold to|interviewed", found[0]) and not words:
            clause.rest += " " + found[0]
        elif "sell" in found[0]:
            yield RoleWish(next(role for role, _ in ROLE_PATTERNS if role.value == "sells"))
    for department in DEPARTMENTS:
        for found in _all(clause, department.named):
            yield DepartmentWish(department, clause.is_denied(found.start()))
    for role, pattern in ROLE_PATTERNS:
        taken = list(_all(clause, pattern))
        if taken:
            yield RoleWish(role, clause.is_denied(taken[0].start()))


_TALK = re.compile(r"(?:talk|speak|chat|habl|convers|charl|fal|sell|sold|interview|ask|call)\w*$")


def _left(clause: _Clause) -> list[Wish]:
    """Words that nothing has explained. After "who" and more than one, they tell what somebody said of themselves."""
    words = _content(clause.rest)
    if not words:
        return []
    at = clause.rest.find(words[0])
    denied = clause.is_denied(at)
    if denied and len(groups := [_content(one) for one in _ALTERNATIVES.split(clause.rest[at:])]) > 1:
        return [CalledWish(tuple(one[:4]), is_denied=True) for one in groups if one]
    before = clause.rest[:at].rstrip()
    is_told = DESCRIBED.search(before) or _DOING.search(words[0])
    if _ABOUT.search(before) or (len(words) > 1 and is_told):
        return [TopicWish(" ".join(words), is_denied=denied)]
    is_origin = _ORIGIN.search(before) is not None
    return [CalledWish(tuple(words[:4]), is_origin, denied)]


def _content(text: str) -> list[str]:
    return [word for word in text.split() if word not in _NEUTRAL and len(word) > 1]
