"""How often a mail is taken for what it is, on labelled cases: precision and recall of each kind."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from setpiece.kernel.errors import Invalid
from setpiece.kernel.field_problems import findings, sentence
from setpiece.programs.replies.classify import classify
from setpiece.programs.replies.model import SUCCESSES, Mail, Reply, ReplyKind

MOST_CASES = 5_000


class _Strict(BaseModel):
    """A label that is misspelt would be judged as if it were not there."""

    model_config = ConfigDict(extra="forbid")


class MailGiven(_Strict):
    text: str = ""
    html: str = ""
    subject: str = ""
    sender: str = Field("", alias="from")
    headers: dict[str, str] = Field(default_factory=dict)

    def mail(self) -> Mail:
        headers = {name.lower(): value for name, value in self.headers.items()}
        return Mail(self.text, self.html, self.subject, self.sender, headers)


class ReplyCase(_Strict):
    id: Annotated[str, Field(min_length=1, max_length=100)]
    split: Literal["develop", "report"] = "report"
    expect: ReplyKind
    tags: list[str] = Field(default_factory=list, max_length=20)
    mail: MailGiven


class ReplyCases(_Strict):
    setpiece_replies: Literal[1] = 1
    cases: Annotated[list[ReplyCase], Field(min_length=1, max_length=MOST_CASES)]

    def of(self, split: str) -> list[ReplyCase]:
        return [one for one in self.cases if split in ("all", one.split)]


@dataclass(frozen=True, slots=True)
class Judged:
    case: ReplyCase
    reply: Reply

    @property
    def is_right(self) -> bool:
        return self.reply.kind is self.case.expect

    @property
    def is_false_success(self) -> bool:
        """Counted as a success by `reply_rate` although it is none: the worst, for a program would look better than it is."""
        return self.reply.kind in SUCCESSES and self.case.expect not in SUCCESSES


def read_reply_cases(content: Any) -> ReplyCases:
    """The cases of a parsed file.

    Raises:
        Invalid: it is no such file; the message names the first place that is wrong.
    """
    if not isinstance(content, dict):
        raise Invalid("A file of replies is an object with 'cases'.", code="invalid_cases")
    try:
        return ReplyCases.model_validate(content)
    except ValidationError as problem:
        raise Invalid(f"{sentence(findings(problem)[0])}.", code="invalid_cases") from problem


def judge(cases: Sequence[ReplyCase]) -> list[Judged]:
    return [Judged(case, classify(case.mail.mail())) for case in cases]


def summary(judged: Sequence[Judged], split: str) -> dict[str, Any]:
    """Counts by kind, of successes, and every case that went wrong."""
    expected = Counter(one.case.expect for one in judged)
    taken = Counter(one.reply.kind for one in judged)
    right = Counter(one.case.expect for one in judged if one.is_right)
    return {
        "split": split,
        "cases": len(judged),
        "right": right.total(),
        "kinds": {
            kind.value: _rates(right[kind], taken[kind], expected[kind])
            for kind in ReplyKind
            if taken[kind] or expected[kind]
        },
        "success": _successes(judged),
        "wrong": [_wrong(one) for one in judged if not one.is_right],
    }


def _successes(judged: Sequence[Judged]) -> dict[str, Any]:
    """The same for the one thing that evidence rests on: whether it is a success."""
    expected = sum(one.case.expect in SUCCESSES for one in judged)
    taken = sum(one.reply.kind in SUCCESSES for one in judged)
    false = [one for one in judged if one.is_false_success]
    angry = sum(one.case.expect in (ReplyKind.ANGRY, ReplyKind.ASKED_TO_STOP) for one in false)
    return _rates(taken - len(false), taken, expected) | {"angryTaken": angry}


def _rates(right: int, taken: int, expected: int) -> dict[str, Any]:
    return {
        "cases": expected,
        "taken": taken,
        "right": right,
        "precision": round(right / taken, 4) if taken else None,
        "recall": round(right / expected, 4) if expected else None,
    }


def _wrong(one: Judged) -> dict[str, str]:
    text = one.case.mail.text or one.case.mail.html
    return {
        "case": one.case.id,
        "expected": one.case.expect.value,
        "taken": one.reply.kind.value,
        "because": one.reply.because,
        "text": " ".join(text.split())[:200],
    }
