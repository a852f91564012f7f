"""Words of questions and statements, made comparable, and the small closed lists that rules look at."""

import re
from dataclasses import dataclass
from functools import lru_cache

from setpiece.library.titles.words import fold

_TOKEN = re.compile(
    r"\$?\d[\d.,]*\d(?:[kmb]n?)?\b\+?|\$?\d+(?:[kmb]n?)?\b\+?|[^\W\d_]+(?:[-&][^\W\d_]+)*|[^\W_]+",
    re.IGNORECASE,
)
_NOT = re.compile(r"\b(ca)n['’]t\b|n['’]t\b", re.IGNORECASE)

_IRREGULAR = {
    "sold": "sell", "bought": "buy", "built": "build", "ran": "run", "wrote": "write", "written": "write", "made": "make",
    "led": "lead", "grew": "grow", "grown": "grow", "held": "hold", "kept": "keep", "sent": "send", "chosen": "choose",
    "chose": "choose", "paid": "pay", "taken": "take", "took": "take", "given": "give", "gave": "give", "spent": "spend",
    "left": "leave", "people": "person", "children": "child", "began": "begin", "won": "win", "lost": "lose",
}  # fmt: skip
_WHOLE_TEXT = """
marketing engineering meeting accounting banking advertising manufacturing recruiting consulting training pricing
building during sales news business process access series analysis always across this is was has does his its us as
need seed speed feed red bed thing string king spring bring sing being morning evening nothing something anything
everything somebody united saas aws sms devops revops species
"""
_WHOLE = frozenset(_WHOLE_TEXT.split())
"""Words whose ending is no inflection, or changes what they mean."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it stands, its comparable root, and whether it is written like a name."""

    text: str
    root: str
    named: bool


def words_of(text: str) -> tuple[Word, ...]:
    """The words of a text in their order; `don't` is read as `do not`."""
    spaced = _NOT.sub(lambda found: "can not" if found[1] else " not", text)
    return tuple(_word(found) for found in _TOKEN.findall(spaced))


@lru_cache(maxsize=32_768)
def _word(text: str) -> Word:
    return Word(text, root_of(fold(text)), text[:1].isupper() or any(c.isupper() for c in text[1:]))


@lru_cache(maxsize=32_768)
def root_of(word: str) -> str:
    """The word without English inflection: `hires`, `hired` and `hiring` become one. Not always a word itself."""
    word = _IRREGULAR.get(word, word)
    if word in _WHOLE or not word.isalpha() or len(word) <= 3:
        return word[:-1] if word == "use" else word
    for ending, least in (("ing", 3), ("ed", 3)):
        stripped = word[: -len(ending)]
        if word.endswith(ending) and len(stripped) >= least - 1 and re.search("[aeiouy]", stripped):
            return _closed(stripped)
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "ches", "shes", "xes")):
        return _closed(word[:-2])
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
        if word in _IRREGULAR:
            return _closed(_IRREGULAR[word])
    return _closed(word)


def _closed(word: str) -> str:
    """Without a final `e`, and without a doubled last letter: `hire` and `hir`, `runn` and `run` meet."""
    if len(word) > 2 and word.endswith("e"):
        word = word[:-1]
    doubled = len(word) > 3 and word[-1] == word[-2] and word[-1] not in "aeiou"
    return word[:-1] if doubled else word


def roots(text: str) -> frozenset[str]:
    return frozenset(word.root for word in words_of(text))


ARTICLES = roots("a an the this that these those any some their its his her our your own such")
BE = roots("is are was were be been being am") | {"be"}
AUXILIARIES = BE | roots("do does did has have had can could will would should") | {"ha"}
HAVE = roots("have has had own got keep maintain built") | {"build"}
PREPOSITIONS = roots(
    "to in on at for from with without through via by of into against under over between within behind towards as"
)
FILLERS = roots("currently already now today actively also there ever really generally typically both yet")
"""Words of a question that evidence need not have."""
LOOSE = roots("recently only exclusively personally mostly mainly internally manually")
"""Adverbs that evidence has to have, wherever it puts them."""
SUBJECTS = roots(
    "company companies firm business organisation organization agency startup scaleup team group it they he she them this "
    "person contact lead founder somebody someone"
)
"""Whom a question or a statement can be about without naming somebody else."""
NEGATORS = roots("not no never none neither nor without lack lacks lacking nobody cannot") | {
    "stop",
    "cease",
    "drop",
    "quit",
}
HEDGES = roots(
    """may might could would should if unless whether plan plans planned planning consider considering evaluate evaluating
    explore exploring want wants wanted wish wishes hope hopes intend intends expect expects likely possibly maybe perhaps almost
    nearly soon next until formerly former previously previous used-to suggest suggested suggests rumoured rumored claim claims
    claimed ask asked asks think thinks believe believes will going try tries trying rarely seldom hardly barely few little
    sometimes once unclear unknown unsure doubt doubtful about-to discuss discussing interested request requested"""
) - {"us"}
"""Words after which a statement says what may be, was, or is said to be, not what is."""
TIMES = roots(
    """last next year years month months week weeks quarter since recently today now currently january february march april may june july
    august september october november december spring summer autumn winter ago this in at the on also already and still even every
    day daily weekly monthly here time moment present anywhere all company yet"""
)
