"""How mails are taken, on the labelled cases of `examples/eval`."""

from hashlib import sha256
from pathlib import Path

import pytest
import yaml

from setpiece.kernel.errors import Invalid
from setpiece.programs.replies.evaluation import Judged, judge, read_reply_cases, summary
from setpiece.programs.replies.model import ReplyKind

FOLDER = Path(__file__).parents[4] / "examples" / "eval"
NEVER_A_SUCCESS = {
    ReplyKind.ANGRY,
    ReplyKind.ASKED_TO_STOP,
    ReplyKind.COMPLAINED,
    ReplyKind.AUTO_REPLY,
    ReplyKind.BOUNCED,
}


@pytest.fixture(scope="module")
def judged() -> list[Judged]:
    """All three sets; what could be learnt from them is known since they were measured."""
    names = ("replies.yaml", "replies-second.yaml", "replies-third.yaml")
    files = [read_reply_cases(yaml.safe_load((FOLDER / name).read_text())) for name in names]
    return judge([case for one in files for case in one.cases])


def test_an_angry_reply_is_never_a_success(judged: list[Judged]):
    found = [one.case.id for one in judged if one.case.expect in NEVER_A_SUCCESS and one.is_false_success]
    assert found == []
    assert sum(one.case.expect is ReplyKind.ANGRY for one in judged) >= 60


def test_few_are_taken_for_something_else(judged: list[Judged]):
    """Where it stands after all sets were looked at; docs/replies.md has what was first measured."""
    told = summary(judged, "all")
    assert told["right"] / told["cases"] >= 0.96
    assert told["success"]["precision"] >= 0.98
    assert told["success"]["recall"] >= 0.96


def test_nobody_who_goes_on_talking_is_suppressed(judged: list[Judged]):
    assert [
        one.case.id for one in judged if one.case.expect is ReplyKind.POSITIVE and one.reply.suppresses
    ] == []
    angry = [one for one in judged if one.reply.kind in (ReplyKind.ANGRY, ReplyKind.ASKED_TO_STOP)]
    assert all(one.reply.suppresses for one in angry)


def test_the_halves_follow_the_rule_that_the_readme_states():
    cases = read_reply_cases(yaml.safe_load((FOLDER / "replies.yaml").read_text())).cases
    kinds = sorted({case.expect for case in cases})
    row = [
        case
        for kind in kinds
        for case in sorted(
            (c for c in cases if c.expect is kind), key=lambda c: sha256(c.id.encode()).hexdigest()
        )
    ]
    assert [c.id for place, c in enumerate(row) if c.split != ("develop", "report")[place % 2]] == []


@pytest.mark.parametrize(
    "content",
    [
        None,
        {"cases": []},
        {"cases": [{"id": "a", "expect": "glad", "mail": {}}]},
        {"cases": [{"id": "a", "expect": "angry", "mail": {"txt": ""}}]},
    ],
)
def test_a_file_that_is_none_is_refused(content: object):
    with pytest.raises(Invalid) as refused:
        read_reply_cases(content)
    assert refused.value.code == "invalid_cases"
