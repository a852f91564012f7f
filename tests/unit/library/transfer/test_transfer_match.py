"""Which entity an entry speaks of, and by which key an entity without one is shown."""

from uuid import UUID

import pytest

from setpiece.library.persona import PERSONA
from setpiece.library.transfer.document import Entry
from setpiece.library.transfer.keys import slug
from setpiece.library.transfer.match import match
from setpiece.library.transfer.names import Names, shown_keys
from setpiece.library.transfer.repository import Heading


def heading(number: int, key: str | None, name: str, kind: str = "persona") -> Heading:
    return Heading(UUID(int=number), kind, key, name)


def entry(key: str, name: str) -> Entry:
    return Entry(PERSONA, key, key, {"name": name}, {})


def matched(entries: list[Entry], headings: list[Heading]) -> dict[str, int]:
    return {key: found.int for (_, key), found in match(entries, headings).items()}


@pytest.mark.parametrize(
    ("entries", "headings", "found"),
    [
        pytest.param([entry("a", "New name")], [heading(1, "a", "Old name")], {"a": 1}, id="by key"),
        pytest.param([entry("a", "Same")], [heading(1, "b", "Same")], {}, id="never against another key"),
        pytest.param([entry("a", "Same")], [heading(1, None, "Same")], {"a": 1}, id="by name"),
        pytest.param(
            [entry("a", "Same")], [heading(1, None, "Same", "segment")], {}, id="never across kinds"
        ),
        pytest.param(
            [entry("same", "Renamed")], [heading(1, None, "Same")], {"same": 1}, id="by the key that is shown"
        ),
        pytest.param(
            [entry("same-2", "Same"), entry("same", "Same")],
            [heading(1, None, "Same"), heading(2, None, "Same")],
            {"same": 1, "same-2": 2},
            id="namesakes by the keys that are shown",
        ),
        pytest.param(
            [entry("x", "Same"), entry("y", "Same"), entry("z", "Same")],
            [heading(1, None, "Same"), heading(2, None, "Same")],
            {"x": 1, "y": 2},
            id="namesakes in their order, each once",
        ),
        pytest.param(
            [entry("same", "Other"), entry("x", "Same")],
            [heading(1, None, "Same")],
            {"x": 1},
            id="a name is stronger than a shown key",
        ),
    ],
)
def test_an_entry_finds_its_entity(entries: list[Entry], headings: list[Heading], found: dict[str, int]):
    assert matched(entries, headings) == found


def test_made_keys_are_unique_and_do_not_take_a_key_that_is_given():
    headings = [
        heading(1, None, "Foo"),
        heading(2, None, "foo"),
        heading(3, "foo", "Bar"),
        heading(4, None, "!"),
    ]
    assert {one.int: key for one, (_, key) in shown_keys(headings).items()} == {
        1: "foo-2",
        2: "foo-3",
        3: "foo",
        4: "persona",
    }


@pytest.mark.parametrize(
    ("name", "key"),
    [("RevOps leader", "revops-leader"), ("  C++ & Go ", "c-go"), ("Größe Ⅳ", "grösse-iv"), ("…", "persona")],
    ids=str,
)
def test_a_key_is_made_from_the_words_of_a_name(name: str, key: str):
    assert slug(name, "persona") == key


def test_a_key_of_two_kinds_of_offering_has_to_name_the_kind():
    product, service = UUID(int=1), UUID(int=2)
    names = Names({product: ("product", "a"), service: ("service", "a")})
    kinds = ("product", "service")
    with pytest.raises(ValueError, match="write product/a or service/a"):
        names.find(kinds, "a")
    assert names.find(kinds, "service/a") == service
    assert names.show(kinds, service) == "service/a"
    assert names.find(kinds, "b") is None
    assert Names({service: ("service", "a")}).show(kinds, service) == "a"
