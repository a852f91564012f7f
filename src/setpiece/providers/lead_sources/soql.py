"""What may be asked of Salesforce: one flat SELECT of people. Pure.

A query is text that somebody wrote into a spec, and the key may read everything. So nothing of the text is passed on as it is: it is
cut into tokens, only known ones in known places are taken, and the statement is put together anew with our own limit.

Source: Salesforce, "SOQL and SOSL Reference" (SELECT syntax, reserved words, quoted strings and their escapes).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from setpiece.kernel.errors import Invalid

OBJECTS = {"contact": "Contact", "lead": "Lead"}
REQUIRED = {
    "Contact": ("Id", "Email", "Phone", "MobilePhone", "FirstName", "LastName", "Title", "AccountId", "Account.Name",
                "Account.Website", "HasOptedOutOfEmail"),
    "Lead": ("Id", "Email", "Phone", "MobilePhone", "FirstName", "LastName", "Title", "Company", "Website",
             "HasOptedOutOfEmail"),
}  # fmt: skip
"""Fields that are always read, beside those that the query names."""
MOST_ROWS = 100_000
_MOST_FIELDS = 50
_TOKEN = re.compile(
    r"""\s*(?:
        (?P<text>'(?:[^'\\\x00-\x1f]|\\[nrtbf"'\\_%]|\\u[0-9a-fA-F]{4})*')
      | (?P<moment>\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\d(?:\.\d{1,3})?(?:Z|[+-]\d\d:\d\d))?)
      | (?P<number>-?\d+(?:\.\d+)?)
      | (?P<name>[A-Za-z][A-Za-z0-9_]*(?:\.[A-Za-z][A-Za-z0-9_]*){0,2})
      | (?P<sign><=|>=|!=|<>|[=<>(),:])
    )""",
    re.VERBOSE,
)
_WORDS = frozenset({"and", "or", "not", "like", "in", "includes", "excludes", "null", "true", "false"})
"""Words of a condition that are no fields."""
_DATES = re.compile(
    r"(?:yesterday|today|tomorrow|(?:last|this|next)_(?:week|month|quarter|year|90_days)"
    r"|(?:last|next)_n_(?:days|weeks|months|quarters|years)|n_(?:days|weeks|months)_ago)",
    re.IGNORECASE,
)
_EXAMPLE = "salesforce:soql:SELECT Id, Email FROM Contact WHERE Title LIKE '%Growth%'"
_NEVER = frozenset(
    {"select", "from", "where", "with", "using", "scope", "typeof", "group", "having", "order", "by", "limit", "offset", "for", "view",
     "update", "tracking", "viewstat", "reference", "all", "rows", "security_enforced", "user_mode", "system_mode", "fields"}
)  # fmt: skip
"""Words that would open another clause."""


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str

    @property
    def word(self) -> str:
        return self.text.lower() if self.kind == "name" else self.text


@dataclass(frozen=True, slots=True)
class Statement:
    """A query that may be asked.

    Attributes:
        asked: Fields that the query names, beside those that are always read.
        condition: What stands after WHERE; empty for everybody.
    """

    object: str
    asked: Sequence[str]
    condition: str
    limit: int

    @property
    def text(self) -> str:
        fields = dict.fromkeys((*REQUIRED[self.object], *self.asked))
        return f"SELECT {', '.join(fields)} FROM {self._rest} LIMIT {self.limit}"  # noqa: S608 - of checked tokens

    @property
    def count_text(self) -> str:
        return f"SELECT COUNT() FROM {self._rest}"  # noqa: S608 - of checked tokens

    @property
    def _rest(self) -> str:
        return f"{self.object} WHERE {self.condition}" if self.condition else self.object


def read_statement(text: str) -> Statement:
    """The statement in `text`.

    Raises:
        Invalid: it is anything but `SELECT fields FROM Contact|Lead [WHERE condition] [LIMIT n]`.
    """
    tokens = _tokens(text)
    if not tokens or tokens[0].word != "select":
        raise _refused("it begins with SELECT")
    words = [token.word for token in tokens]
    if "from" not in words:
        raise _refused("it names an object after FROM")
    at = words.index("from")
    fields = _fields(tokens[1:at])
    found = OBJECTS.get(words[at + 1]) if len(words) > at + 1 else None
    if found is None:
        raise _refused("it reads from Contact or Lead")
    rest, limit = _limited(tokens[at + 2 :])
    own = {name.lower() for name in REQUIRED[found]}
    return Statement(found, [name for name in fields if name.lower() not in own], _condition(rest), limit)


def _tokens(text: str) -> list[_Token]:
    found, place, text = [], 0, text.strip()
    while place < len(text):
        match = _TOKEN.match(text, place)
        if match is None or match.lastgroup is None:
            raise _refused(f"'{' '.join(text[place : place + 20].split())}' cannot stand in it")
        found.append(_Token(match.lastgroup, match[match.lastgroup]))
        place = match.end()
    return found


def _fields(tokens: Sequence[_Token]) -> list[str]:
    names = list(tokens[::2])
    apart = [token.text for token in tokens[1::2]]
    is_list = (
        len(tokens) % 2 == 1 and all(one.kind == "name" for one in names) and all(one == "," for one in apart)
    )
    if not is_list or len(names) > _MOST_FIELDS or any(one.word in _NEVER for one in names):
        raise _refused(f"SELECT names up to {_MOST_FIELDS} plain fields with commas between")
    return [one.text for one in names]


def _limited(tokens: Sequence[_Token]) -> tuple[Sequence[_Token], int]:
    """Without the LIMIT at the end, and with its number."""
    if len(tokens) < 2 or tokens[-2].word != "limit":
        return tokens, MOST_ROWS
    if not tokens[-1].text.isdecimal():
        raise _refused("LIMIT is followed by a number")
    return tokens[:-2], min(int(tokens[-1].text[:9]), MOST_ROWS)


def _condition(tokens: Sequence[_Token]) -> str:
    if not tokens:
        return ""
    if tokens[0].word != "where" or len(tokens) == 1:
        raise _refused(
            "only WHERE and LIMIT may follow the object; people are drawn at random, so an order says nothing"
        )
    inside = tokens[1:]
    _check_brackets(inside)
    return _spaced(list(_checked(inside)))


def _spaced(texts: Sequence[str]) -> str:
    """With blanks between, but for `LAST_N_DAYS:30`."""
    return "".join(
        text if not at or ":" in (text, texts[at - 1]) else f" {text}" for at, text in enumerate(texts)
    )


def _checked(tokens: Sequence[_Token]) -> Iterator[str]:
    for at, token in enumerate(tokens):
        follows = tokens[at + 1] if at + 1 < len(tokens) else None
        if token.kind == "name":
            if token.word in _NEVER:
                raise _refused(f"{token.text.upper()} may not stand in a condition")
            is_call = follows is not None and follows.text == "("
            if is_call and token.word not in _WORDS:
                raise _refused(f"it calls no functions, such as {token.text}")
        if token.text == ":" and not (at and _DATES.fullmatch(tokens[at - 1].text)):
            raise _refused("':' follows a date such as LAST_N_DAYS")
        yield token.text


def _check_brackets(tokens: Sequence[_Token]) -> None:
    """A bracket that closes more than was opened would end ours."""
    depth = 0
    for token in tokens:
        depth += {"(": 1, ")": -1}.get(token.text, 0)
        if depth < 0:
            break
    if depth:
        raise _refused("its brackets are in pairs")


def _refused(rule: str) -> Invalid:
    return Invalid(
        f"The SOQL of 'leadSource.query' is not taken: {rule}. It looks like {_EXAMPLE}.",
        code="lead_source_query",
    )
