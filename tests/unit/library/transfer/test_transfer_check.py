"""What is wrong with a file is told at once, each problem with its place."""

from pathlib import Path

import pytest

from setpiece.kernel.errors import Invalid, LimitExceeded, NotFound
from setpiece.library.transfer.check import check
from setpiece.library.transfer.reading import read_path, read_text

EXAMPLE = Path(__file__).parents[4] / "examples" / "library.yaml"


def problems(**collections: object) -> list[str]:
    return check([("", {"setpiece": 1, **collections})]).problems.kept


def test_the_example_library_is_sound():
    document = read_path(EXAMPLE)
    assert not document.problems.total
    assert len(document.entries) == EXAMPLE.read_text().count("\n  - key: ")


@pytest.mark.parametrize(
    ("collections", "told"),
    [
        pytest.param(
            {"personae": []}, "collection 'personae' is unknown; did you mean 'personas'?", id="collection"
        ),
        pytest.param({"personas": {}}, "'personas' must be a list", id="collection of the wrong type"),
        pytest.param(
            {"personas": ["x"]}, "personas[0]: must be a mapping of fields", id="entry of the wrong type"
        ),
        pytest.param(
            {"personas": [{"key": "revops-lead", "name": "R", "painPoint": []}]},
            "personas[0] \"revops-lead\": field 'painPoint' is unknown; did you mean 'painPoints'?",
            id="field",
        ),
        pytest.param(
            {"personas": [{"name": "R", "customFields": [{"titel": "x", "title": "x", "value": []}]}]},
            "personas[0] \"R\": field 'customFields[0].titel' is unknown; did you mean 'title'?",
            id="nested field",
        ),
        pytest.param({"personas": [{"key": "a"}]}, "personas[0] \"a\": 'name' is required", id="no name"),
        pytest.param(
            {"personas": [{"name": " "}]}, "personas[0] \" \": 'name' must not be empty", id="blank name"
        ),
        pytest.param(
            {"personas": [{"name": "R", "painPoints": ["a", 2026]}]},
            "personas[0] \"R\": 'painPoints[1]' must be a text; put it in quotes",
            id="number for a text",
        ),
        pytest.param(
            {"personas": [{"name": "R", "painPoints": "a"}]},
            "personas[0] \"R\": 'painPoints' must be a list",
            id="text for a list",
        ),
        pytest.param(
            {"personas": [{"name": "R", "active": "yes"}]},
            "personas[0] \"R\": 'active' must be true or false",
            id="text for a boolean",
        ),
        pytest.param(
            {"products": [{"name": "P", "type": "THING"}]},
            "products[0] \"P\": 'type' must be one of 'PRODUCT' or 'SERVICE'",
            id="choice",
        ),
        pytest.param(
            {"playbooks": [{"name": "P", "product": "p", "status": "on"}]},
            "playbooks[0] \"P\": 'status' must be one of active, draft, archived",
            id="word of an enumeration",
        ),
        pytest.param(
            {"personas": [{"name": "R", "offerings": "some"}]},
            "personas[0] \"R\": 'offerings' must be 'all' or a list of keys, 500 at most",
            id="offerings",
        ),
        pytest.param(
            {"personas": [{"name": "R", "primaryOfferingOId": "px_1"}]},
            "personas[0] \"R\": field 'primaryOfferingOId' is unknown; did you mean 'primaryOffering'?",
            id="id in place of a key",
        ),
        pytest.param(
            {"coreFeatures": [{"name": "F"}]},
            "coreFeatures[0] \"F\": 'primaryOffering' is required: the key of a product or service",
            id="link that is required",
        ),
        pytest.param(
            {"personas": [{"name": "R", "key": "a b"}]},
            "personas[0] \"a b\": 'key' must be letters, digits, '-', '_' and '.', 100 at most, "
            "beginning with a letter or digit",
            id="key",
        ),
        pytest.param(
            {"personas": [{"name": "R\x00"}]},
            "personas[0] \"R\x00\": 'name' contains a NUL character; remove it",
            id="NUL",
        ),
        pytest.param(
            {"personas": [{"name": "R", "key": "r"}, {"name": "S", "key": "r"}]},
            'personas[1] "r": the key \'r\' is taken by personas[0] "r"; give it a key of its own',
            id="key given twice",
        ),
        pytest.param(
            {"personas": [{"name": "Head of R"}, {"name": "head of r!"}]},
            "personas[1] \"head of r!\": the key 'head-of-r', made from its name, is taken by "
            'personas[0] "Head of R"; give it a key of its own',
            id="key made twice",
        ),
    ],
)
def test_a_problem_names_its_place(collections: dict, told: str):
    assert problems(**collections) == [told]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        pytest.param(
            {}, "'setpiece: 1' is missing at the top; it names the version of the format", id="no version"
        ),
        pytest.param(
            {"setpiece": 2}, "'setpiece' must be 1, the version of the format, not 2", id="another version"
        ),
        pytest.param(
            {"setpiece": True}, "'setpiece' must be 1, the version of the format, not True", id="true"
        ),
        pytest.param([], "a library file is a mapping that begins with 'setpiece: 1'", id="list"),
        pytest.param(None, "a library file is a mapping that begins with 'setpiece: 1'", id="nothing"),
    ],
)
def test_the_top_of_a_file_says_which_format_it_has(content: object, told: str):
    assert check([("", content)]).problems.kept == [told]


def test_all_problems_are_told_together_and_a_flood_is_cut_short():
    document = check([("", {"setpiece": 1, "personas": [{"nam": "x"}] * 1000})])
    with pytest.raises(Invalid) as refused:
        document.problems.refuse_any()
    details = refused.value.details
    assert details is not None
    assert details["total"] > 1000
    assert len(details["problems"]) == 200
    assert len(refused.value.message) < 1000


def test_a_playbook_may_say_its_insight_in_one_text_and_use_an_older_type():
    playbook = {"name": "P", "product": "p", "keyInsight": "One", "type": "SEGMENT"}
    (entry,) = check([("", {"setpiece": 1, "playbooks": [playbook]})]).entries
    assert entry.given["keyInsight"] == ["One"]
    assert entry.given["type"] == "SECTOR"


def test_the_files_of_a_folder_are_read_as_one(tmp_path: Path):
    (tmp_path / "a.yaml").write_text("setpiece: 1\npersonas:\n  - name: A\n")
    (tmp_path / "b.json").write_text('{"setpiece": 1, "personas": [{"name": "B"}]}')
    (tmp_path / "notes.txt").write_text("not part of it")
    assert [entry.key for entry in read_path(tmp_path).entries] == ["a", "b"]


def test_a_key_in_two_files_is_a_problem_that_names_both(tmp_path: Path):
    for name in ("a.yaml", "b.yml"):
        (tmp_path / name).write_text("setpiece: 1\npersonas:\n  - {key: x, name: X}\n")
    assert read_path(tmp_path).problems.kept == [
        'b.yml: personas[0] "x": the key \'x\' is taken by a.yaml: personas[0] "x"; give it a key of its own'
    ]


def test_a_path_that_cannot_be_read_is_said_so(tmp_path: Path):
    with pytest.raises(NotFound, match="no file or folder"):
        read_path(tmp_path / "missing.yaml")
    with pytest.raises(NotFound, match=r"has no \*.yaml"):
        read_path(tmp_path)
    (tmp_path / "a.yaml").write_text("a: 'b")
    with pytest.raises(Invalid, match=r"a\.yaml: This is not valid YAML"):
        read_path(tmp_path)
    with pytest.raises(LimitExceeded, match="larger than 3 bytes"):
        read_path(tmp_path, most_bytes=3)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b'{"setpiece": 1', id="open JSON"),
        pytest.param(b"\xff\xfe", id="not UTF-8"),
        pytest.param(b'{"a": "\\ud800"}', id="lone surrogate"),
        pytest.param(b"setpiece: 1\npersonas: {a", id="open YAML"),
    ],
)
def test_a_text_that_is_neither_yaml_nor_json_is_refused(content: bytes):
    with pytest.raises(Invalid):
        read_text(content)
