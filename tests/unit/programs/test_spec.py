"""What is taken of what a client sends, and that a spec survives the way to its document and back."""

from dataclasses import fields as attributes
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from setpiece.kernel.errors import Invalid
from setpiece.programs.epochs import needs_new_evidence
from setpiece.programs.spec.alternatives import patch_of
from setpiece.programs.spec.document import read_spec, show_spec
from setpiece.programs.spec.fields import ADAPTATION, LEAD_SOURCE, SECTIONS, STRATEGY, TOP, Field
from setpiece.programs.spec.model import Adaptation, LeadSource, Mode, Spec, Strategy, SuccessMetric
from setpiece.programs.spec.sanitise import merged, take_new, take_update

SMALLEST: dict[str, Any] = {
    "name": "Demo",
    "mode": "outbound",
    "buddyId": "prospect",
    "strategy": {"hypothesis": "They answer"},
}
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)
NAMES = [field.name for fields in (TOP, *SECTIONS.values()) for field in fields] + [*SECTIONS]
BODIES = st.dictionaries(
    st.sampled_from(NAMES), JSON | st.dictionaries(st.sampled_from(NAMES), JSON), max_size=6
)


def made(**more: Any) -> Spec:
    return read_spec(take_new(SMALLEST | more, is_strict=False)[0])


def test_defaults_are_those_of_the_api():
    document, _ = take_new(SMALLEST, is_strict=True)
    assert (document["status"], document["leadSource"]) == ("draft", {"kind": "manual", "sampleSize": 50})
    assert document["strategy"] == {"kind": "gtm-execution", "channels": [], "hypothesis": "They answer"}
    api = {"enabled": True, "minSampleSize": 50, "pivotWindowDays": 3, "maxPivotsPerWeek": 2}
    ours = {"xFalsePivotRate": 0.1, "xUnit": "account", "xDetectionRecall": 1.0, "xAlternatives": []}
    assert document["adaptation"] == api | ours


@pytest.mark.parametrize(
    ("fields", "model", "nested"),
    [
        (TOP, Spec, {"lead_source", "strategy", "adaptation"}),
        (LEAD_SOURCE, LeadSource, set()),
        (STRATEGY, Strategy, set()),
        (ADAPTATION, Adaptation, set()),
    ],
    ids=["top", "leadSource", "strategy", "adaptation"],
)
def test_every_field_has_its_attribute_with_the_same_default(
    fields: tuple[Field, ...], model: Any, nested: set[str]
):
    assert {field.attribute for field in fields} | nested == {one.name for one in attributes(model)}
    default = {one.name: one.default for one in attributes(model)}
    assert all(default[field.attribute] == field.default for field in fields if not field.is_required)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(BODIES)
def test_whatever_is_sent_becomes_a_spec_within_its_bounds_that_strict_mode_takes_unchanged(body: Any):
    document, _ = take_new(body | SMALLEST, is_strict=False)
    document = merged(document, take_update(body, is_strict=False).patch)
    assert show_spec(read_spec(document)) == document
    again, taken = take_new(document, is_strict=True)
    assert (again, taken.problems) == (document, ())


@pytest.mark.parametrize(
    ("sent", "kept", "code"),
    [
        ({"leadSource": {"sampleSize": 0}}, 1, "out_of_bounds"),
        ({"leadSource": {"sampleSize": 9000}}, 5000, "out_of_bounds"),
        ({"leadSource": {"sampleSize": 50.5}}, 50, "type"),
        ({"leadSource": {"sampleSize": "70"}}, 50, "type"),
        ({"leadSource": {"sampleSize": True}}, 50, "type"),
        ({"leadSource": {"sampleSize": None}}, 50, "null"),
        ({"leadSource": {"query": "q" * 1001}}, "q" * 1000, "too_long"),
        ({"leadSource": {"kind": "csv"}}, "manual", "choice"),
        ({"leadSource": "manual"}, {"kind": "manual", "sampleSize": 50}, "type"),
        ({"strategy": {"hypothesis": "h" * 2001}}, "h" * 2000, "too_long"),
        ({"strategy": {"hypothesis": "ok", "channels": ["c"] * 13}}, ["c"] * 12, "too_many"),
        ({"strategy": {"hypothesis": "ok", "channels": ["c" * 61]}}, ["c" * 60], "too_long"),
        ({"strategy": {"hypothesis": "ok", "channels": ["email", 7, " "]}}, ["email"], "type"),
        ({"adaptation": {"maxPivotsPerWeek": 21}}, 20, "out_of_bounds"),
        ({"adaptation": {"enabled": "yes"}}, True, "type"),
        ({"status": "foo"}, "draft", "choice"),
    ],
    ids=str,
)
def test_what_cannot_be_used_is_brought_in_or_ignored_and_strict_mode_refuses_it(
    sent: dict[str, Any], kept: Any, code: str
):
    document, taken = take_new(SMALLEST | sent, is_strict=False)
    (section, content), *_ = sent.items()
    found = document[section]
    if isinstance(content, dict):
        found = found[[*content][-1]]
    assert found == kept
    assert code in {one.code for one in taken.warnings}
    with pytest.raises(Invalid) as refused:
        take_new(SMALLEST | sent, is_strict=True)
    assert refused.value.details is not None
    assert code in {one["code"] for one in refused.value.details["fields"]}


def test_unknown_fields_are_dropped_without_a_word_and_named_in_strict_mode():
    sent = SMALLEST | {"colour": "red", "leadSource": {"owner": "x"}, "id": "pb_x", "xVersion": 9}
    document, taken = take_new(sent, is_strict=False)
    assert taken.warnings == []
    assert "colour" not in document
    with pytest.raises(Invalid) as refused:
        take_new(sent, is_strict=True)
    assert [one["field"] for one in (refused.value.details or {})["fields"]] == ["colour", "leadSource.owner"]


def test_an_update_replaces_a_list_clears_with_null_and_keeps_the_rest():
    before, _ = take_new(
        SMALLEST | {"strategy": {"hypothesis": "h", "channels": ["email", "phone"], "successTarget": 3}},
        is_strict=True,
    )
    sent = {"name": None, "strategy": {"channels": ["linkedin"], "successTarget": None, "hypothesis": " "}}
    taken = take_update(sent, is_strict=False)
    after = merged(before, taken.patch)
    assert after["strategy"] == {"kind": "gtm-execution", "channels": ["linkedin"], "hypothesis": "h"}
    assert after["name"] == "Demo"
    assert [(one.field, one.code) for one in taken.warnings] == [
        ("name", "null"),
        ("strategy.hypothesis", "blank"),
    ]


def test_what_is_required_is_named_however_it_is_missing():
    wrong = {"name": "  ", "mode": "sideways", "strategy": {"hypothesis": None}}
    with pytest.raises(Invalid) as refused:
        take_new(wrong, is_strict=False)
    assert refused.value.message == (
        "'name' is required. 'mode' must be one of inbound, outbound, hybrid. 'buddyId' is required. "
        "'strategy.hypothesis' is required."
    )


def test_an_alternative_is_whole_or_left_out_and_reads_as_an_update():
    sent = [
        {"changes": "hypothesis", "to": "Costs hurt more", "name": "Name the cost"},
        {"changes": "channel", "to": ["phone"]},
        {"changes": "weather", "to": "sun"},
        {"changes": "persona"},
        "hypothesis",
    ]
    spec = made(adaptation={"xAlternatives": sent})
    assert [patch_of(one) for one in spec.adaptation.alternatives] == [
        {"strategy": {"hypothesis": "Costs hurt more"}},
        {"strategy": {"channels": ["phone"]}},
    ]


@pytest.mark.parametrize(
    ("patch", "expected"),
    [
        ({"strategy": {"hypothesis": "another"}}, True),
        ({"strategy": {"successMetric": "reply_rate"}}, True),
        ({"strategy": {"successTarget": 5}}, True),
        ({"leadSource": {"sampleSize": 60}}, True),
        ({"adaptation": {"xUnit": "contact"}}, True),
        ({"adaptation": {"xFalsePivotRate": 0.05}}, True),
        ({"name": "Another", "status": "active"}, False),
        ({"strategy": {"cadence": "weekly"}}, False),
        ({"adaptation": {"minSampleSize": 80}}, False),
    ],
    ids=str,
)
def test_evidence_starts_anew_when_what_is_tested_changes(patch: dict[str, Any], expected: bool):
    before = made()
    after = read_spec(merged(show_spec(before), patch))
    assert needs_new_evidence(before, after) is expected


def test_a_spec_is_typed():
    spec = made(strategy={"hypothesis": "h", "successMetric": "meeting_booked", "successTarget": 3})
    assert (spec.mode, spec.strategy.success_metric) == (Mode.OUTBOUND, SuccessMetric.MEETING_BOOKED)
    assert spec.strategy.success_target == 3
