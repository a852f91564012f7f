"""Words of free text, made comparable: folded case and accents, light plural stemming, stop words removed."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

MAX_TEXT_CHARS = 20_000
"""Text beyond this is not looked at: it bounds the work done for one candidate or one request."""

_WORD = re.compile(r"[^\W_]+")

_STOP_TEXT = """
a about above after again all also am an and any are as at be because been before being below between both but by can
could did do does doing down during each even every few for from further get had has have having he her here him his
how i if in into is it its itself just less like made make many may me might more most much must my need new no nor not
now of off on once one two three four five six seven eight nine ten only or other our out over own per same she should so some such than that the their them then
there these they this those through to too under until up upon us use used using very via was we well were what when
where which while who whom whose why will with within without would you your
de del la las el los un una unos unas y e o en con por para que se su sus al como mas do da dos das no na nos nas um uma
com ao aos le les des du et ou dans sur pour par avec une au aux ce cette ces qui est der die das den dem ein eine einen
und oder mit fur von zu im am auf ist sind wir ihr
company companies team teams people help helps work working
"""
STOP_WORDS = frozenset(_STOP_TEXT.split())
"""Words that tell no two candidates apart: function words of five languages and a few that fit every company."""


def fold(text: str) -> str:
    """Case, accents, width and styled letters removed: `Geschäftsführer` and `GESCHÄFTSFÜHRER` become equal."""
    composed = unicodedata.normalize("NFKC", text).casefold()
    if composed.isascii():
        return composed
    return "".join(c for c in unicodedata.normalize("NFKD", composed) if not unicodedata.combining(c))


_NOTHING = frozenset({""})
_UNCHANGED = frozenset({"sales", "devops", "revops", "saas", "ops", "analytics", "logistics", "aws", "sms"})
"""Words that end in s and are no plurals, or mean something else as a plural."""


@lru_cache(maxsize=16_384)
def stem(word: str) -> str:
    """The word without an English plural ending; anything else is left as it is."""
    if len(word) <= 3 or word in _UNCHANGED or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "sses", "xes")):
        return word[:-2]
    return word[:-1]


class _Stems(dict[str, str]):
    """What counts of each word met so far: its stem, or nothing of a stop word and of a single letter."""

    def __missing__(self, word: str) -> str:
        counts = len(word) > 1 and word not in STOP_WORDS
        found = stem(word) if counts else ""
        if len(word) <= _LONGEST_KEPT:
            if len(self) >= _MOST_STEMS:
                self.clear()
            self[word] = found
        return found


_MOST_STEMS = 50_000
"""Some 7 MB; a large library has about as many different words."""
_LONGEST_KEPT = 40
"""Letters; hardly a word is longer, and what somebody sends instead of words is not kept."""
_stems = _Stems()
_APART = {code: " " for code in range(128) if not chr(code).isalnum()}


def _words(text: str) -> Iterable[str]:
    """Each word as it counts, "" where it does not: a library is read word by word, so it is done without a loop."""
    folded = fold(text[:MAX_TEXT_CHARS])
    found = folded.translate(_APART).split() if folded.isascii() else _WORD.findall(folded)
    return map(_stems.__getitem__, found)


def word_list(text: str) -> tuple[str, ...]:
    """Stemmed words of the text in their order, stop words and single letters left out."""
    return tuple(filter(None, _words(text)))


@lru_cache(maxsize=4_096)
def content_words(text: str) -> frozenset[str]:
    """The distinct words of `word_list`; kept, because candidates are asked again and again."""
    return frozenset(_words(text)) - _NOTHING


def shown(text: str, limit: int = 80) -> str:
    """Outside text made fit for one line of an explanation: printable, single-spaced, at most `limit` characters."""
    text = text[: limit * 4]
    printable = text if text.isprintable() else "".join(c if c.isprintable() else " " for c in text)
    line = " ".join(printable.split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"
