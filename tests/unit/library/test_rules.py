"""The pure rules of entities: what is complete, what differs, what is found."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest

from setpiece.kernel.errors import Invalid, NotFound
from setpiece.library.catalog import KINDS, kind_named, offering_kinds
from setpiece.library.model import Entity, Offerings, apply, complete_data, differences, named_texts
from setpiece.library.persona import PERSONA
from setpiece.library.playbooks.pick import closest, pick_by_words, sentences
from setpiece.library.segment import SEGMENT
from setpiece.workspaces.model import Member

OFFERING, OTHER = UUID(int=7), UUID(int=8)


def persona(**data: object) -> Entity:
    return Entity(
        id=UUID(int=1), workspace_id=UUID(int=2), kind="persona", key=None, name="Controller",
        internal_name="Secret nickname", description="Closes the books", primary_url=None, active=True,
        data=complete_data(PERSONA, data), qualifying_questions=(), offerings=Offerings(),
        author=Member(UUID(int=3), "A", "B"), created_at=datetime(2026, 1, 1, tzinfo=UTC),
    )  # fmt: skip


def test_kinds_have_names_collections_prefixes_and_titles_of_their_own():
    for attribute in ("name", "collection", "prefix", "title"):
        values = [getattr(kind, attribute) for kind in KINDS]
        assert len(set(values)) == len(values), attribute


def test_fields_of_a_kind_have_names_of_their_own_and_an_example_of_their_shape():
    for kind in KINDS:
        names = [field.name for field in kind.data_fields]
        assert len(set(names)) == len(names), kind.name
        for field in kind.data_fields:
            empty = field.empty()
            assert empty is None or isinstance(field.example, type(empty)), (kind.name, field.name)


def test_an_unknown_kind_is_answered_with_those_there_are():
    assert kind_named("persona") is PERSONA
    with pytest.raises(NotFound, match="product, service"):
        kind_named("gadget")


def test_offerings_are_products_and_services():
    assert offering_kinds() == ("product", "service")


def test_data_holds_the_fields_of_the_kind_in_order_and_no_others():
    data = complete_data(PERSONA, {"painPoints": ["One"], "shade": "blue"})
    assert list(data) == [field.name for field in PERSONA.data_fields]
    assert data["painPoints"] == ["One"]


def test_applying_a_change_replaces_only_what_was_given():
    before = persona(painPoints=["One"], keyConcerns=["Two"])
    after = apply(PERSONA, before, {"painPoints": ["Three"], "description": "New"}, None)
    assert (after.texts("painPoints"), after.texts("keyConcerns")) == (("Three",), ("Two",))
    assert (after.description, after.name) == ("New", "Controller")
    assert apply(PERSONA, before, {}, None) == before


def test_a_name_cannot_become_empty():
    with pytest.raises(Invalid, match="'name'"):
        apply(PERSONA, persona(), {"name": "  "}, None)


def test_only_what_differs_is_told_and_empty_equals_absent():
    before = {"a": 1, "b": [], "c": "x", "d": True}
    after = {"a": 2, "b": None, "c": "x", "e": {}}
    assert differences(before, after) == {
        "a": {"before": 1, "after": 2},
        "d": {"before": True, "after": None},
    }
    assert differences({"active": True}, {"active": False}) == {"active": {"before": True, "after": False}}


def test_an_entity_is_open_to_the_offerings_it_is_linked_to_or_to_all_when_to_none():
    assert Offerings(primary=OFFERING).open_to(OFFERING)
    assert Offerings(some=(OTHER, OFFERING)).open_to(OFFERING)
    assert Offerings(all=True, some=(OTHER,)).open_to(OFFERING)
    assert Offerings().open_to(OFFERING)
    assert not Offerings(primary=OTHER).open_to(OFFERING)


def test_internal_names_are_in_no_text_that_may_be_shown():
    texts = named_texts(PERSONA, persona(painPoints=["One"]))
    assert texts == ["Controller", "Closes the books", "One"]


def test_labelled_texts_are_text_too():
    data = complete_data(
        SEGMENT, {"firmographics": {"industry": ["Breweries"]}, "fitExplanation": "They grow"}
    )
    texts = named_texts(SEGMENT, replace(persona(), kind="segment", data=data))
    assert {"Breweries", "They grow"} <= set(texts)


def test_things_are_picked_by_the_rarer_words_they_share():
    things = ["month-end close", "close friends", "annual audit of the close", "zebra food"]
    assert pick_by_words("the audit before the month-end close", things, str, 2)[0] in (things[0], things[2])
    assert pick_by_words("quagga", things, str, 3) == []
    assert pick_by_words("anything", [], str, 3) == []


def test_between_equals_the_first_is_picked():
    assert pick_by_words("close", ["close one", "close two"], str, 1) == ["close one"]


def test_the_closest_fact_is_the_first_one_where_none_shares_a_word():
    assert closest("month-end close", ["zebra", "the close"], str) == "the close"
    assert closest("month-end close", ["zebra", "quagga"], str) == "zebra"
    assert closest("month-end close", [], str) is None


def test_sentences_that_can_stand_alone_are_kept_once_and_headings_and_tables_are_not():
    text = (
        "Menu\nThe close takes eleven days on average. Short one. The close takes eleven days on average.\n"
    )
    assert sentences(text + "x " * 400) == ["The close takes eleven days on average."]
