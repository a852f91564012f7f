"""`matching/evaluate` (ours): how good the choice is, on labelled cases against the workspace's own library."""

from collections.abc import Iterator
from typing import Any

from pydantic import Field

from setpiece.agents.evaluation.cases import Cases, WhichSplit
from setpiece.agents.evaluation.compare import compare, comparison
from setpiece.agents.evaluation.evaluate import evaluate
from setpiece.agents.evaluation.report import SavedRun, report
from setpiece.agents.evaluation.workspace import open_workspace
from setpiece.api.gtm.answers import INTEGER, Schema, array, maybe, obj, string, wrapped
from setpiece.api.gtm.envelope import data
from setpiece.api.operation import Call, Operation
from setpiece.kernel.errors import Invalid
from setpiece.workspaces.model import Permission

_MOST_CASES = 1_000
"""Of one request: each case is a choice, a few milliseconds."""


class EvaluateCases(Cases):
    """A file of cases, with what is asked of it; its `library` is not looked at."""

    split: WhichSplit = Field("all", description="Which half of the cases")
    compare: bool = Field(False, description="Also show simpler ways of choosing")
    against: SavedRun | None = Field(None, description="`data` of an earlier answer, to tell what changed")


_RATE = obj("*", right=INTEGER, of=INTEGER, ratio=maybe({"type": "number"}))
_CASE = obj(
    "case kind expected ranked",
    case=string("t001"),
    kind=string("persona", enum=["persona", "playbook", "offering", "segment"]),
    shown=string("VP of Sales"),
    expected=array(string("sales-leader")),
    ranked=array(string("sales-leader")),
    confidence=maybe(string("HIGH", enum=["LOW", "MEDIUM", "HIGH"])),
)
_NUMBERS: dict[str, Schema] = {
    "accuracyAt1": _RATE,
    "accuracyAt3": _RATE,
    "meanReciprocalRank": maybe({"type": "number"}),
    "overall": _RATE,
    "noneRecall": _RATE,
    "nonePrecision": _RATE,
    "byConfidence": {"type": "object", "additionalProperties": _RATE},
    "confusion": array(obj("*", expected=string("cmo"), predicted=string("none"), count=INTEGER)),
}
_PART = obj(
    "part cases",
    part=string("persona, from the job title alone"),
    cases=INTEGER,
    **_NUMBERS,
    misses=array(_CASE),
)
_ANSWER = wrapped(
    obj(
        "split parts byTitle byAll",
        split=string("all"),
        parts=array(_PART),
        difference=maybe({"type": "object"}),
        comparison=array(obj("way note", way=string("ours"), note=string(""), **_NUMBERS)),
        byTitle=array(_CASE),
        byAll=array(_CASE),
    )
)
_EXAMPLE = {
    "setpiece_eval": 1,
    "cases": [
        {"id": "t001", "prospect": {"jobTitle": "VP of Sales"}, "expect": {"persona": "sales-leader"}},
        {"id": "t002", "prospect": {"jobTitle": "Head Chef"}, "expect": {"persona": "none"}},
    ],
}


def operations() -> Iterator[Operation]:
    yield Operation(
        "POST", "/api/v2/matching/evaluate", judge, Permission.READ, "Judge the choice on labelled cases", "Matching",
        _ANSWER, body=EvaluateCases, example=_EXAMPLE,
        description="A label is a key of the library, an oId or a name; `none` is somebody whom nothing in the library fits. "
        "Every case is judged from its job title alone and from all that is known. Nothing is written.",
    )  # fmt: skip


async def judge(call: Call[None, EvaluateCases]) -> dict[str, Any]:
    asked = call.body
    cases = asked.of(asked.split)
    if not cases:
        raise Invalid(f"'cases' has none of the split '{asked.split}'.")
    if len(cases) > _MOST_CASES:
        raise Invalid(f"'cases' must have at most {_MOST_CASES:,} entries of the split; send them in parts.")
    async with call.bound() as work:
        source = await open_workspace(work, call.services.tools.embedder)
        evaluated = await evaluate(cases, source)
        tuned_on = await evaluate(asked.of("develop") or cases, source) if asked.compare else evaluated
    found = report(evaluated, asked.split, asked.against)
    ways = compare(tuned_on, evaluated, source.label_by_id) if asked.compare else []
    return data(call, found | {"comparison": comparison(ways)})
