"""What an event looks like, who wants it, and how much of an attempt is told."""

from datetime import UTC, datetime
from uuid import UUID

import orjson
import pytest

from setpiece.events.model import Event, Outcome, check_wanted, outcome_of
from setpiece.kernel.errors import Invalid

EVENT = Event(
    UUID(int=7), "report.completed", {"jobId": "job_1"}, datetime(2026, 1, 2, 3, 4, 5, 6000, tzinfo=UTC)
)


def test_an_envelope_has_exactly_the_five_fields_of_the_contract():
    assert orjson.loads(EVENT.payload) == {
        "id": "evt_0000000000000000000007",
        "type": "report.completed",
        "createdAt": "2026-01-02T03:04:05.006Z",
        "timestamp": "2026-01-02T03:04:05.006Z",
        "data": {"jobId": "job_1"},
    }


def test_the_body_is_the_same_each_time():
    assert EVENT.payload == EVENT.payload


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (200, Outcome.ACCEPTED),
        (204, Outcome.ACCEPTED),
        (302, Outcome.REDIRECT),
        (404, Outcome.REFUSED),
        (410, Outcome.GONE),
        (503, Outcome.BROKEN),
        (100, Outcome.NO_ANSWER),
        (999, Outcome.NO_ANSWER),
        (None, Outcome.NO_ANSWER),
    ],
)
def test_of_a_status_only_its_class_is_kept(status: int | None, outcome: Outcome):
    assert outcome_of(status) is outcome


def test_only_what_was_taken_is_gone_or_was_never_sent_ends_a_delivery():
    assert {one for one in Outcome if one.is_final} == {Outcome.ACCEPTED, Outcome.GONE, Outcome.NOT_SENT}


def test_filters_are_types_groups_and_all_each_once():
    wanted = ["report.*", "file.failed", "*", "report.*"]
    assert check_wanted(wanted) == ["report.*", "file.failed", "*"]


@pytest.mark.parametrize("unknown", ["report", "report.done", "*.failed", "", "webhook.test", "rep*"])
def test_a_filter_that_means_nothing_is_refused_and_the_known_ones_are_named(unknown: str):
    with pytest.raises(Invalid, match=r"not known.*report\.completed"):
        check_wanted([unknown])
