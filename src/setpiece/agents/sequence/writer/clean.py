"""From a raw field to plain sentences: no markup, no control characters, no list marks, no emoji."""

import html
import re
import unicodedata
from functools import lru_cache

_COMMENT = re.compile(r"<!--.*?-->|<(script|style)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
# A tag starts with a letter after the bracket, so that "<50 ms" stays.
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,500}>")
_MARKDOWN_LINK = re.compile(r"!?\[([^\]\[]{1,200})\]\([^()\s]{1,500}\)")
_FOOTNOTE = re.compile(r"\[\d{1,3}\]")
_BULLET = re.compile(r"^\s*(?:[-*•‣▪–—>#]+|\(?\d{1,2}[.)](?=\s))\s*")
_EMPHASIS = re.compile(r"(\*\*|__|`)(?=\S)(.+?)(?<=\S)\1")
_NO_PERSON = re.compile(
    r"@|\w{2}\.\w{2}|\b(?:inc|ltd|llc|gmbh|corp|plc|s\.?a|s\.?l|ltda)\b\.?$", re.IGNORECASE
)
_SPOKEN = re.compile(r"[A-Za-zÀ-ɏ]{2}")
_SPACE = re.compile(r"\s+")
_PLAIN = re.compile(r"[A-Za-z](?:[A-Za-z0-9'’%-]|[,;:]?[ /](?=[A-Za-z0-9]))*[.]?")
_DROPPED_CATEGORIES = frozenset({"Cc", "Cf", "Co", "Cs", "Cn", "So", "Sk"})
_KEPT_SYMBOLS = frozenset("°©®™")
_BREAK = re.compile(r"(?<=[.!?…])[\"'”’)]?\s+(?=[\"'“‘(]?[A-Z0-9])")
# A dot after these does not end a sentence.
_ABBREVIATION = re.compile(r"(?:\b(?:e\.g|i\.e|vs|etc|Inc|Ltd|Co|Corp|No|Dr|Mr|Ms|Mrs|St|approx|[A-Z]))\.$")
_PLACEHOLDER = re.compile(r"[{}\[\]]|[<>](?!\s?=?\d)")  # "<50 ms" is none
WORD = re.compile(r"[^\W_]+(?:['’\-./&+][^\W_]+)*%?", re.UNICODE)


@lru_cache(maxsize=2_048)
def clean_text(raw: str) -> str:
    """`raw` on one line without html, markdown emphasis, bullets, emoji, control or direction characters."""
    if len(raw) < 400 and _PLAIN.fullmatch(raw):  # most facts: nothing below would change them
        return raw
    text = _COMMENT.sub(" ", html.unescape(raw[:_MAX_CHARS]))
    text = _MARKDOWN_LINK.sub(r"\1", _TAG.sub(" ", text))
    text = unicodedata.normalize("NFC", text)
    text = "".join(_keep_or_space(char) for char in text)
    text = _SPACE.sub(" ", _FOOTNOTE.sub("", text)).strip()
    text = _EMPHASIS.sub(r"\2", _BULLET.sub("", text))
    return re.sub(r" ([,.;:!?])(?=\s|$)", r"\1", text).strip()


# Longer than any fact worth a sentence; bounds the work on pasted documents.
_MAX_CHARS = 6_000


def _keep_or_space(char: str) -> str:
    if char in _KEPT_SYMBOLS:
        return char
    category = unicodedata.category(char)
    if category == "Cf" or char in "\ufe0f\ufe0e":
        return ""
    return " " if category in _DROPPED_CATEGORIES else char


def split_sentences(text: str) -> tuple[str, ...]:
    """The sentences of a cleaned text; an abbreviation's or an initial's dot does not end one."""
    sentences: list[str] = []
    start = 0
    for match in _BREAK.finditer(text):
        candidate = text[start : match.end()].strip()
        if _ABBREVIATION.search(candidate):
            continue
        sentences.append(candidate)
        start = match.end()
    rest = text[start:].strip()
    return tuple([*sentences, rest] if rest else sentences)


def words_of(text: str) -> list[str]:
    """The words of a text with inner hyphens, dots and apostrophes kept ("don't", "B2B", "3.5%")."""
    return WORD.findall(text)


@lru_cache(maxsize=8_192)
def count_words(text: str) -> int:
    """Words as a reader counts them: runs of characters between spaces that hold a letter or digit."""
    return sum(1 for part in text.split() if part.isalnum() or any(char.isalnum() for char in part))


def longest_sentence(text: str) -> int:
    """The words of the longest of a text's sentences."""
    return max((count_words(sentence) for sentence in split_sentences(text)), default=0)


def holds_placeholder(text: str) -> bool:
    """Whether a text still has brackets that look like something to be filled in."""
    return bool(_PLACEHOLDER.search(text))


@lru_cache(maxsize=2_048)
def is_mostly_latin(text: str) -> bool:
    """Whether there is a word and at least seven in ten letters are Latin: English frames carry no other script."""
    if text.isascii():
        return _SPOKEN.search(text) is not None
    letters = [char for char in text if char.isalpha()]
    latin = sum(1 for char in letters if char < "\u0250")
    return _SPOKEN.search(text) is not None and latin >= 0.7 * len(letters)


@lru_cache(maxsize=4_096)
def clean_name(raw: str | None) -> str | None:
    """A name or title fit to print, or None: one line, a letter, no question mark, at most 60 characters.

    A placeholder in double braces is kept as it is. "JOHN" and "john" become "John"; two capitals stay ("DJ").
    """
    if raw is None:
        return None
    if re.fullmatch(r"\{\{\s*[\w.]+\s*\}\}", raw.strip()):
        return raw.strip()
    name = clean_text(raw).strip(" ,;:-")
    if not any(char.isalpha() for char in name) or len(name) > 60 or "?" in name or holds_placeholder(name):
        return None
    return name


def clean_first_name(raw: str | None) -> str | None:
    """The first name, or None also for what is an address or a company: "example.com", "Example Ltd"."""
    name = clean_name(raw)
    if name is None or name.startswith("{{"):
        return name
    if _NO_PERSON.search(name):
        return None
    if name.islower() or (name.isupper() and len(name) > 2):
        return name.title() if "'" not in name else name.capitalize()
    return name
