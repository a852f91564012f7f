"""Which bytes a `Range` header asks for."""

from datetime import UTC, datetime

import pytest

from setpiece.api.reports.ranges import Span, Unsatisfiable, is_unchanged, wanted_span

SIZE = 1000
ETAG = '"abc"'
MODIFIED = datetime(2026, 3, 1, 9, 0, 0, 123_000, tzinfo=UTC)


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("bytes=0-0", Span(0, 1)),
        ("bytes=0-499", Span(0, 500)),
        ("bytes=500-", Span(500, 1000)),
        ("bytes=-1", Span(999, 1000)),
        ("bytes=-5000", Span(0, 1000)),
        ("bytes=990-5000", Span(990, 1000)),
        ("Bytes = 1 - 2", Span(1, 3)),
    ],
)
def test_a_range_is_read(header: str, expected: Span):
    assert wanted_span(header, SIZE) == expected


@pytest.mark.parametrize(
    "header",
    [None, "", "bytes", "bytes=", "bytes=-", "bytes=a-b", "bytes=5-2", "items=0-1", "bytes=0-1,5-6", "bytes=1-2;x",
     "bytes=٣-٤", "bytes=" + "9" * 50 + "-"],
)  # fmt: skip
def test_what_is_no_single_range_asks_for_all(header: str | None):
    assert wanted_span(header, SIZE) is None


@pytest.mark.parametrize(
    "header", ["bytes=1000-", "bytes=1000-2000", "bytes=-0", "bytes=9999999999999999999-"]
)
def test_a_range_outside_cannot_be_satisfied(header: str):
    with pytest.raises(Unsatisfiable):
        wanted_span(header, SIZE)


@pytest.mark.parametrize(
    ("if_range", "expected"),
    [
        (None, True),
        ('"abc"', True),
        ('W/"abc"', False),
        ('"other"', False),
        ("Sun, 01 Mar 2026 09:00:00 GMT", True),
        ("Sun, 01 Mar 2026 09:00:01 GMT", False),
        ("yesterday", False),
    ],
)
def test_a_part_is_only_given_of_what_the_client_has(if_range: str | None, expected: bool):
    assert is_unchanged(if_range, ETAG, MODIFIED) is expected
