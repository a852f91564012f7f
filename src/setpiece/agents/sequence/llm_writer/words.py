"""When two texts say the same: words without inflection, numbers with what they count, negations with what they negate."""

import re
from collections.abc import Iterator
from functools import lru_cache

from setpiece.agents.sequence.writer.verbs import word_set

_TOKEN = re.compile(r"[$€£¥]?\d+(?:[.,:]\d+)*%?|[^\W\d_]+(?:['’.@&+][^\W_]+)*")
_NUMBER = re.compile(r"[$€£¥]?\d")
_SHORT_FORMS = {
    "can't": "can not", "cannot": "can not", "won't": "will not", "shan't": "shall not", "i'm": "i am", "let's": "let us",
}  # fmt: skip
_ENDINGS = {"n't": "not", "'re": "are", "'ll": "will", "'ve": "have", "'d": "would", "'s": ""}
_NUMBER_WORDS = dict(
    zip(
        ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"],
        map(str, range(2, 13)),
        strict=True,
    )
)  # "one" is left out: it is more often a pronoun
_IRREGULAR = {
    form: base
    for base, forms in {
        "write": "wrote written", "send": "sent", "build": "built", "keep": "kept", "lose": "lost", "make": "made",
        "run": "ran", "find": "found", "take": "took taken", "pay": "paid", "grow": "grew grown", "sell": "sold",
        "spend": "spent", "tell": "told", "go": "went gone", "know": "knew known", "buy": "bought", "hold": "held",
        "lead": "led", "meet": "met", "say": "said", "see": "saw seen", "get": "got gotten", "give": "gave given",
        "come": "came", "bring": "brought", "think": "thought", "choose": "chose chosen", "break": "broke broken",
        "drive": "drove driven", "begin": "began begun", "fall": "fell fallen", "leave": "left", "stand": "stood",
        "win": "won", "use": "used using", "rise": "rose risen", "speak": "spoke spoken", "teach": "taught", "catch": "caught",
    }.items()
    for form in forms.split()
}  # fmt: skip
NEGATORS = frozenset({"not", "no", "never", "without", "nor", "neither", "none", "nobody", "nothing"})

_FREE_WORDS = word_set("""
    a an the this that these those own it its he she they them their theirs you your yours yourself yourselves we us our ours i me
    my and or but so yet as if then than while when where which who whom whose what why how whether because since until
    before after of in on at to from for with by about into over between through during across within onto up out off back
    along around is are was were be been being am do does did have has had can could may might shall should will would
    here there now also too just again such same other another some something somebody else instead
    help let make mean keep get give bring come go take put use need want like look see find know show tell say sound seem matter
    happen ask face deal start try work
    way thing part case point side kind example idea question answer problem issue reason team
""")
"""Words that may stand in any sentence: they put facts together and say nothing by themselves. No word of number, degree,
frequency or praise is among them ("all", "more", "often", "best"): such a word has to be in a fact."""
_COURTESY_WORDS = word_set("""
    worth closer short reply call chat talk conversation send share detail details more interest interested open curious
    relevant useful close list priority right person colleague yes hear happy glad thank thanks note last email write sense
    discuss fit leave read compare match time
""")
"""What a sentence without a fact may say beside them: an ask, a thank-you, a last word."""


def tokens_of(text: str) -> list[str]:
    """The words of a text in lower case, short forms spelled out, numbers as they stand, small number words as digits."""
    lowered = text.replace("’", "'").lower().replace(" per cent", "%").replace(" percent", "%")
    return [word for token in _TOKEN.findall(lowered) for word in _spelled_out(token)]


def _spelled_out(token: str) -> Iterator[str]:
    if token in _SHORT_FORMS:
        yield from _SHORT_FORMS[token].split()
        return
    for ending, meaning in _ENDINGS.items():
        if token.endswith(ending):
            yield from (part for part in (token.removesuffix(ending), meaning) if part)
            return
    yield _NUMBER_WORDS.get(token, token)


@lru_cache(maxsize=8_192)
def stem(word: str) -> str:
    """A word without the inflection of verbs and nouns; degrees and negations stay ("faster", "careless")."""
    word = _IRREGULAR.get(word, word)
    if _NUMBER.match(word) or "." in word or "@" in word:
        return word
    for suffix, instead in (("ies", "y"), ("ied", "y"), ("ing", ""), ("ed", ""), ("es", ""), ("s", "")):
        if word.endswith(suffix) and not word.endswith("ss") and len(word) - len(suffix) >= 3:
            word = word.removesuffix(suffix) + instead
            break
    word = word[:-1] if len(word) > 3 and word.endswith("e") else word
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] else word


FREE = frozenset(map(stem, _FREE_WORDS))
COURTESY = FREE | NEGATORS | frozenset(map(stem, _COURTESY_WORDS))


def content_of(text: str) -> list[str]:
    """The stems that say something, in order; negations apart."""
    return [one for one in map(stem, tokens_of(text)) if one not in FREE and one not in NEGATORS]


def counted_in(text: str) -> set[tuple[str, str]]:
    """Each number with the word it counts, and with the word before it: ("12", "ms"), ("12", "take")."""
    said = content_of(text)
    pairs = set()
    for at, word in enumerate(said):
        if _NUMBER.match(word):
            pairs |= {(word, other) for other in (*said[at + 1 : at + 2], *said[max(0, at - 1) : at])}
            pairs.add((word, ""))
    return pairs


def miscounted(text: str, facts_say: set[tuple[str, str]]) -> list[str]:
    """The numbers that count something else than in the facts."""
    said, wrong = content_of(text), []
    for at, word in enumerate(said):
        if _NUMBER.match(word):
            other = said[at + 1] if at + 1 < len(said) else said[at - 1] if at else ""
            if (word, other) not in facts_say:
                wrong.append(word)
    return wrong


def negated_in(text: str) -> set[str]:
    """The stems that a negation stands before; "or" and "nor" carry it on."""
    negated, pending, carry = set(), False, False
    for word in tokens_of(text):
        one = stem(word)
        if word in NEGATORS:
            pending = True
        elif word == "or":
            pending = carry
        elif one not in FREE:
            carry = pending
            negated |= {one} if pending else set()
            pending = False
    return negated
