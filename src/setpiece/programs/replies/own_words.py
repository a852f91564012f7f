"""What somebody wrote themselves: an answer without the mail it quotes, the signature and the legal notice."""

import re
from collections.abc import Iterator, Sequence

from setpiece.programs.replies.languages.language import Language
from setpiece.programs.replies.languages.reading import folded, read_languages
from setpiece.programs.replies.opt_out import is_opt_out_line
from setpiece.programs.replies.visible import visible_text

LONGEST_TEXT = 20_000
"""Characters of a mail that are looked at; what somebody answers stands at the top, or between quoted lines."""
LONGEST_ANSWER = 4_000
"""Characters of own words that are judged; the longest of the labelled answers has 400."""
_LONGEST_CLOSE = 6  # words of a line such as "Mit freundlichen Grüßen aus Hamburg"
_LONGEST_LINE = 300  # characters at the beginning of a line that are compared
_HEADERS_NEEDED = 2  # "From:" alone may begin a sentence; with "Sent:" below it is a quoted head
_HEAD_LINES = 5
_WROTE_LINES = 3  # mail programs break "On …, … wrote:" over as many
_DATE_OR_ADDRESS = re.compile(r"[\d@]")
_RULE = re.compile(r"[-_*=]{3,}")
_SIGNATURE_MARK = re.compile(r"--\s?|[—–]{1,2}\s?")


def own_words(text: str, html: str = "") -> str:
    """The sender's own words, cut to what is judged; empty when everything is quoted."""
    plain = text if text.strip() else visible_text(html)
    lines = plain[:LONGEST_TEXT].replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(_own(lines)).strip()[:LONGEST_ANSWER]


def _own(lines: Sequence[str]) -> Iterator[str]:
    """Line by line, so that no text can make it slow."""
    languages = read_languages()
    has_words = False
    at = 0
    while at < len(lines):
        line = lines[at].strip()
        skipped = _quoted_head(lines, at, languages)
        if skipped and not _is_quoted(lines, at + skipped):
            if has_words:
                return
        elif not skipped and not line.startswith(">") and not is_opt_out_line(line):
            if has_words and _ends_here(line, languages):
                return
            has_words = has_words or bool(line)
            yield line
        at += max(skipped, 1)


def _is_quoted(lines: Sequence[str], at: int) -> bool:
    """Whether the next line with words is marked as quoted: then own words may follow below."""
    following = next((line.strip() for line in lines[at : at + _HEAD_LINES] if line.strip()), "")
    return following.startswith(">")


def _quoted_head(lines: Sequence[str], at: int, languages: Sequence[Language]) -> int:
    """How many lines the head of a quoted mail takes here; 0 where none begins."""
    line = lines[at].strip()[:_LONGEST_LINE]
    if not line or line.startswith(">"):
        return 0
    if _RULE.match(line) and any(one.original.search(folded(line)) for one in languages):
        return 1
    if _begins_head(line, languages) and _heads(lines[at : at + _HEAD_LINES], languages) >= _HEADERS_NEEDED:
        return 1
    return next((count for count in range(1, _WROTE_LINES + 1) if _wrote(lines, at, count, languages)), 0)


def _begins_head(line: str, languages: Sequence[Language]) -> bool:
    name, colon, _ = line.lstrip("* ").partition(":")
    plain = folded(name)
    return bool(colon) and len(name) < 20 and any(one.header.fullmatch(plain) for one in languages)


def _heads(lines: Sequence[str], languages: Sequence[Language]) -> int:
    return sum(_begins_head(line.strip()[:_LONGEST_LINE], languages) for line in lines)


def _wrote(lines: Sequence[str], at: int, count: int, languages: Sequence[Language]) -> bool:
    """Whether `count` lines from here are "On …, … wrote:"."""
    joined = " ".join(line.strip() for line in lines[at : at + count])[:_LONGEST_LINE].rstrip()
    # Mail programs name a date or an address; somebody may write "On Monday I wrote:" too.
    if not joined.endswith(":") or not _DATE_OR_ADDRESS.search(joined):
        return False
    # A date and an address have full stops and colons, which are no ends of sentences here.
    words = " ".join(word for word in folded(joined).split() if word != ".")
    return any(one.wrote.match(words) for one in languages)


def _ends_here(line: str, languages: Sequence[Language]) -> bool:
    """Whether a signature or a legal notice begins with this line."""
    start = line[:_LONGEST_LINE]
    if _SIGNATURE_MARK.fullmatch(start):
        return True
    plain = folded(start)
    words = plain.strip(". ")
    is_short = len(words.split()) <= _LONGEST_CLOSE
    return any((is_short and one.close.fullmatch(words)) or one.disclaimer.match(plain) for one in languages)
