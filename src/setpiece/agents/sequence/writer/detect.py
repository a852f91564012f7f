"""Which language the facts are in: small words decide, because each of the three has its own.

Frames have to be in the facts' language, whatever was asked for: a sentence half in one and half in another is
not an email. Facts in the minority language are left out, and a note says so.
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from setpiece.agents.sequence.writer.model import Brief, Fact, FactRole

NAMES = {"en": "English", "es": "Spanish", "pt": "Portuguese"}
_OTHER_NAMES = {"fr": "French", "de": "German", "it": "Italian"}
_WORDS = {
    "en": "the of and to is are that with for from it not they their your you which what who by on at an every each without nobody no can be "
    "than before after one into this has have was were when how out in a or as so but its more only",
    "es": "el la los las de del y en que con por para una un se su sus al sin como más pero cada lo les nos está están son es hay qué "
    "cuando donde quien nadie ya también entre sobre desde hasta ni muy todo toda todos todas esta este",
    "pt": "o a os as de do da dos das e em que com por para uma um se seu sua seus suas ao à no na nos nas sem como mais mas cada "
    "não está estão são é há quando onde quem ninguém já também entre sobre desde até nem muito tudo toda todos todas esta este pelo pela",
    "fr": "le la les des du et est une un dans pour avec sans qui que sur ne pas vous leur au aux sont chaque",
    "de": "der die das und ist nicht mit für von ein eine zu den dem auf ohne jede jeder wird sind sie auch im",
    "it": "il lo la gli le di del della e che con per una un senza ogni sono non nel alla dei delle più",
}  # fmt: skip
_LANGUAGES_BY_WORD: Mapping[str, tuple[str, ...]] = {
    word: tuple(language for language, words in _WORDS.items() if word in words.split())
    for words in _WORDS.values()
    for word in words.split()
}
_WORD = re.compile(r"[^\W\d_]+")
_MOST_CHARS = 2_000
_READ_AS = {"english": "en", "spanish": "es", "español": "es", "espanol": "es", "castellano": "es", "portuguese": "pt",
            "português": "pt", "portugues": "pt"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Heard:
    """The language to write in, the facts that can be used in it, and what there is to say about both."""

    language: str
    facts: Mapping[FactRole, tuple[Fact, ...]]
    notes: tuple[str, ...]


def hear(brief: Brief) -> Heard:
    """The language most of the library's facts are in; with none to tell by, the one asked for, else English."""
    languages = {id(fact): language_of(fact.text) for found in brief.facts.values() for fact in found}
    votes = Counter(
        languages[id(fact)]
        for role, found in brief.facts.items()
        if role not in {FactRole.CONTEXT, FactRole.CALL}
        for fact in found
    )
    votes.pop(None, None)
    asked = read_language(brief.lang)
    spoken = votes.most_common(1)[0][0] if votes else None
    language = spoken if spoken in NAMES else (asked if not votes and asked in NAMES else "en")
    assert language is not None
    kept = {
        role: tuple(fact for fact in found if languages[id(fact)] in {None, language, spoken})
        for role, found in brief.facts.items()
    }
    lost = sum(len(found) for found in brief.facts.values()) - sum(map(len, kept.values()))
    return Heard(language, kept, tuple(_notes(brief.lang, asked, language, spoken, lost)))


def _notes(lang: str | None, asked: str | None, language: str, spoken: str | None, lost: int) -> list[str]:
    notes = []
    name = NAMES[language]
    if spoken in _OTHER_NAMES:
        notes.append(f"The facts are in {_OTHER_NAMES[spoken]}; the embedded writer has no sentences in it.")
    if lang and asked != language:
        notes.append(
            f"Written in {name}, not in '{lang[:40]}': the library's facts are in {name}, "
            f"and the embedded writer writes {', '.join(NAMES.values())} only from facts in that language."
            if asked in NAMES
            else f"Written in {name}: the embedded writer does not write '{lang[:40]}' ({', '.join(NAMES.values())})."
        )
    if lost:
        facts = "1 fact was" if lost == 1 else f"{lost} facts were"
        notes.append(f"{facts} left out: not in {name}, as the others are.")
    return notes


def read_language(lang: str | None) -> str | None:
    """A language as a client names it ("es-MX", "Spanish", "pt_BR"): its code, or the text when it is another."""
    if not lang or not lang.strip():
        return None
    plain = lang.strip().lower()
    return _READ_AS.get(plain, re.split(r"[-_]", plain)[0])


@lru_cache(maxsize=8_192)
def language_of(text: str) -> str | None:
    """The language of a fact, or None when too few of its words tell it."""
    found: Counter[str] = Counter()
    words = _WORD.findall(text[:_MOST_CHARS].lower())
    for word in words:
        languages = _LANGUAGES_BY_WORD.get(word, ())
        for language in languages:
            found[language] += 2 if len(languages) == 1 else 1
    ranked = found.most_common(2)
    if not ranked or ranked[0][1] < 2 or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return None
    return ranked[0][0]
