"""The labelled cases in `examples/eval` hold together: what they name exists, and the two halves follow their rule."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import yaml

FOLDER = Path(__file__).parents[2] / "examples" / "eval"
WORD = re.compile(r"\w+")
TOLD = re.compile(r"^\| `([a-z0-9-]+)` \| (\d+) \|", re.MULTILINE)
LANGUAGES = {"english", "spanish", "portuguese", "german", "french"}


@pytest.fixture(scope="module")
def cases() -> list[dict[str, Any]]:
    loaded: list[dict[str, Any]] = yaml.safe_load((FOLDER / "titles.yaml").read_text())["cases"]
    return loaded


@pytest.fixture(scope="module")
def library() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((FOLDER / "library.yaml").read_text())
    return loaded


def _keys(library: dict[str, Any], collection: str) -> set[str]:
    return {entry["key"] for entry in library[collection]}


def _personas(case: dict[str, Any]) -> set[str]:
    """The persona expected and those that are as defensible; empty when none fits."""
    expected = case["expect"]
    return {expected["persona"], *expected.get("also", [])} - {"none"}


def _folded(case: dict[str, Any]) -> tuple[str, ...]:
    """The prospect without case and punctuation, so that `VP, Sales` is `VP Sales`."""
    given = sorted(case["prospect"].items())
    return tuple(" ".join([name, *WORD.findall(value.casefold())]) for name, value in given)


def _in_split_order(cases: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    by_persona: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for case in cases:
        by_persona[case["expect"]["persona"]].append(case)
    for _, group in sorted(by_persona.items()):
        yield from sorted(group, key=lambda case: sha256(case["id"].encode()).hexdigest())


def test_no_id_and_no_prospect_occurs_twice(cases: list[dict[str, Any]]) -> None:
    ids = Counter(case["id"] for case in cases)
    prospects = Counter(_folded(case) for case in cases)
    assert [seen for counted in (ids, prospects) for seen, times in counted.items() if times > 1] == []


def test_every_label_is_in_the_library(cases: list[dict[str, Any]], library: dict[str, Any]) -> None:
    personas, playbooks = _keys(library, "personas"), _keys(library, "playbooks")
    unknown = [
        case["id"]
        for case in cases
        if _personas(case) - personas
        or case["expect"].get("playbook", next(iter(playbooks))) not in playbooks
    ]
    assert unknown == []


def test_an_expected_playbook_is_written_for_the_expected_persona(
    cases: list[dict[str, Any]], library: dict[str, Any]
) -> None:
    readers = {playbook["key"]: playbook["personas"] for playbook in library["playbooks"]}
    strangers = [
        case["id"]
        for case in cases
        if "playbook" in case["expect"]
        and case["expect"]["persona"] not in readers[case["expect"]["playbook"]]
    ]
    assert strangers == []


def test_every_persona_is_expected_in_both_halves(
    cases: list[dict[str, Any]], library: dict[str, Any]
) -> None:
    expected = {(case["split"], case["expect"]["persona"]) for case in cases}
    wanted = _keys(library, "personas") | {"none"}
    assert expected == {(split, persona) for split in ("develop", "report") for persona in wanted}


def test_the_halves_follow_the_rule_that_the_readme_states(cases: list[dict[str, Any]]) -> None:
    wrong = [
        case["id"]
        for place, case in enumerate(_in_split_order(cases))
        if case["split"] != ("develop", "report")[place % 2]
    ]
    assert wrong == []


def test_every_case_names_one_language(cases: list[dict[str, Any]]) -> None:
    assert [case["id"] for case in cases if len(LANGUAGES & set(case["tags"])) != 1] == []


def test_the_counts_in_the_readme_are_those_of_the_cases(cases: list[dict[str, Any]]) -> None:
    counted = Counter(tag for case in cases for tag in case["tags"])
    told = dict(TOLD.findall((FOLDER / "README.md").read_text()))
    assert {tag: int(count) for tag, count in told.items()} == counted


@pytest.fixture(scope="module")
def second() -> list[dict[str, Any]]:
    loaded: list[dict[str, Any]] = yaml.safe_load((FOLDER / "second.yaml").read_text())["cases"]
    return loaded


def test_the_second_set_is_named_as_what_it_is_used_for(second: list[dict[str, Any]]) -> None:
    assert {case["split"] for case in second} == {"develop"}
    assert len({case["id"] for case in second}) == len(second)


def test_every_label_of_the_second_set_is_in_the_library(
    second: list[dict[str, Any]], library: dict[str, Any]
) -> None:
    personas = _keys(library, "personas")
    assert [case["id"] for case in second if _personas(case) - personas] == []
    assert [case["id"] for case in second if len(LANGUAGES & set(case["tags"])) != 1] == []


@pytest.fixture(scope="module")
def targets() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((FOLDER / "targets.yaml").read_text())
    return loaded


def test_the_halves_of_the_hints_follow_the_rule_that_the_readme_states(targets: dict[str, Any]) -> None:
    groups: dict[bool, list[dict[str, Any]]] = {False: [], True: []}
    for case in targets["cases"]:
        groups[case["expect"] == "none"].append(case)
    ordered = [
        case
        for group in groups.values()
        for case in sorted(group, key=lambda case: sha256(case["id"].encode()).hexdigest())
    ]
    wrong = [
        case["id"] for place, case in enumerate(ordered) if case["split"] != ("develop", "report")[place % 2]
    ]
    assert wrong == []


@pytest.mark.parametrize("name", ["targets.yaml", "targets-second.yaml"])
def test_hints_mean_speakers_of_their_call(name: str) -> None:
    targets = yaml.safe_load((FOLDER / name).read_text())
    speakers = {
        one["id"]: {turn["speaker"] for turn in one["turns"]} | {"none"} for one in targets["transcripts"]
    }
    assert [c["id"] for c in targets["cases"] if c["expect"] not in speakers[c["transcript"]]] == []
    assert len({one["language"] for one in targets["transcripts"]}) == 3
