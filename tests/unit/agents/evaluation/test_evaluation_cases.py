"""Files of cases, and judging them against a library file."""

from pathlib import Path
from typing import Any

import pytest

from setpiece.agents.evaluation.cases import read_cases
from setpiece.agents.evaluation.compare import compare
from setpiece.agents.evaluation.evaluate import evaluate
from setpiece.agents.evaluation.library_file import LibraryFile, open_library
from setpiece.agents.evaluation.report import difference, read_saved, report
from setpiece.kernel.errors import Invalid
from setpiece.library.transfer.reading import parse, read_path, read_text
from setpiece.matching.evaluation.metrics import Summary, summarize
from setpiece.matching.evaluation.model import of_kind
from setpiece.matching.model import Confidence, Kind
from setpiece.providers.embeddings.embedder import Embedder
from setpiece.providers.embeddings.hashed import HashedWords
from setpiece.providers.embeddings.minilm import MiniLm

EXAMPLES = Path(__file__).resolve().parents[4] / "examples" / "eval"
LIBRARY = b"""
setpiece: 1
products: [{key: suite, name: Example Suite}]
personas:
  - {key: seller, name: Sales leader, commonJobTitles: [VP Sales, Head of Sales]}
  - {key: guard, name: Security leader, commonJobTitles: [CISO, Head of Security]}
playbooks: [{key: play, name: A play, product: suite, personas: [seller]}]
"""


def cases(*several: dict[str, Any]) -> dict[str, Any]:
    return {"setpiece_eval": 1, "cases": list(several)}


def case(id: str, title: str, **expect: Any) -> dict[str, Any]:
    return {"id": id, "split": "develop", "prospect": {"jobTitle": title}, "expect": expect}


async def library(embedder: Embedder | None = None) -> LibraryFile:
    return await open_library(read_text(LIBRARY, "yaml"), embedder)


WRONG = {
    "no object": ([], "object with 'setpiece_eval: 1'"),
    "no cases": ({"setpiece_eval": 1, "cases": []}, "'cases'"),
    "another version": ({"setpiece_eval": 2, "cases": [case("a", "CISO", persona="guard")]}, "setpiece_eval"),
    "nothing expected": (cases(case("a", "CISO")), "must name a persona"),
    "a misspelt field": (cases(case("a", "CISO", perona="guard")), "perona"),
    "one id twice": (cases(case("a", "CISO", persona="guard"), case("a", "x", persona="none")), "two cases with the id 'a'"),
}  # fmt: skip


@pytest.mark.parametrize(("content", "told"), WRONG.values(), ids=WRONG.keys())
def test_a_file_that_is_none_is_refused_with_its_place(content: Any, told: str):
    with pytest.raises(Invalid) as refused:
        read_cases(content)
    assert told in refused.value.message


async def test_a_label_that_the_library_does_not_have_is_no_miss_but_an_error():
    found = read_cases(cases(case("a", "CISO", persona="gaurd")))
    with pytest.raises(Invalid, match="'a' expects the persona 'gaurd'"):
        await evaluate(found.of("all"), await library())


async def test_a_case_is_judged_from_its_title_and_from_all_that_is_known():
    found = read_cases(
        cases(
            case("seller", "VP Sales", persona="seller", playbook="play"),
            case("cook", "Head Chef", persona="none"),
            case("either", "CISO", persona="seller", also=["guard"]),
        )
    )
    evaluated = await evaluate(found.of("all"), await library(HashedWords()))
    assert [(one.case, one.predicted, one.is_right) for one in evaluated.by_title] == [
        ("seller", "seller", True),
        ("cook", "none", True),
        ("either", "guard", True),
    ]
    assert [(one.case, one.kind) for one in evaluated.by_all if one.case == "seller"] == [
        ("seller", Kind.PERSONA),
        ("seller", Kind.PLAYBOOK),
    ]


async def test_a_label_may_be_a_key_or_a_name():
    found = read_cases(cases(case("a", "CISO", persona="Security leader")))
    evaluated = await evaluate(found.of("all"), await library())
    assert evaluated.by_title[0].expected == ("guard",)
    assert evaluated.by_title[0].is_right


def test_a_split_takes_its_own_cases():
    several = cases(case("a", "CISO", persona="guard"), case("b", "VP", persona="none") | {"split": "report"})
    found = read_cases(several)
    assert [[one.id for one in found.of(split)] for split in ("develop", "report", "all")] == [["a"], ["b"], ["a", "b"]]  # fmt: skip


async def test_a_saved_run_is_read_back_and_compared():
    found = read_cases(cases(case("a", "CISO", persona="guard"), case("b", "VP Sales", persona="seller")))
    evaluated = await evaluate(found.of("all"), await library())
    saved = report(evaluated, "all")
    saved["byTitle"][0]["ranked"] = ["seller"]
    moved = difference(evaluated, read_saved(saved))
    assert [one.case for one in moved["byTitle"].gained] == ["a"]
    assert moved["byAll"].gained == ()
    with pytest.raises(Invalid, match="no saved run"):
        read_saved({"byTitle": 3})


async def test_ways_that_cannot_be_taken_are_said():
    found = read_cases(cases(case("a", "CISO", persona="guard")))
    source = await library()
    evaluated = await evaluate(found.of("all"), source)
    ways = {one.name: one for one in compare(evaluated, evaluated, source.label_by_id)}
    assert ways["embedding only"].summary is None
    assert "switched off" in ways["embedding only"].note
    assert ways["lexical only"].summary is not None


@pytest.fixture(scope="module", params=["minilm", "off"])
async def on_report_half(request: pytest.FixtureRequest) -> tuple[Summary, Summary]:
    """What is promised, measured on the half that was not looked at: the persona from the title, and the playbook."""
    found = read_cases(parse((EXAMPLES / "titles.yaml").read_bytes(), "yaml"))
    embedder = MiniLm() if request.param == "minilm" else None
    source = await open_library(read_path(EXAMPLES / str(found.library)), embedder)
    evaluated = await evaluate(found.of("report"), source)
    return summarize(evaluated.by_title), summarize(of_kind(evaluated.by_all, Kind.PLAYBOOK))


async def test_the_right_persona_comes_first_for_nine_in_ten(on_report_half: tuple[Summary, Summary]):
    persona, _ = on_report_half
    assert persona.at_1.of >= 250
    assert persona.at_1.ratio is not None
    assert persona.at_1.ratio >= 0.9
    assert persona.at_3.ratio is not None
    assert persona.at_3.ratio >= 0.95


async def test_people_outside_the_library_are_recognised(on_report_half: tuple[Summary, Summary]):
    persona, _ = on_report_half
    assert persona.none_recall.of >= 50
    assert persona.none_recall.ratio is not None
    assert persona.none_recall.ratio >= 0.8


@pytest.mark.parametrize("at", [0, 1], ids=["persona", "playbook"])
async def test_high_can_be_trusted(on_report_half: tuple[Summary, Summary], at: int):
    sure = on_report_half[at].by_confidence[Confidence.HIGH]
    assert sure.of >= 30
    assert sure.ratio is not None
    assert sure.ratio >= 0.95
