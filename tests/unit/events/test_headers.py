"""Which headers of a caller are sent along with a webhook."""

import pytest

from setpiece.events.headers import copied
from setpiece.kernel.errors import Invalid


def test_the_caller_s_own_are_copied_with_their_names_in_small_letters():
    assert copied({"X-Tenant": " 7 ", "Authorization": "Bearer t"}) == {
        "x-tenant": "7",
        "authorization": "Bearer t",
    }


@pytest.mark.parametrize(
    "name",
    ["Host", "content-length", "Conduit-Signature", "Connection", "TE", "Transfer-Encoding", "Upgrade"],
)
def test_those_of_the_connection_and_of_the_signature_are_left_out(name: str):
    assert copied({name: "x", "X-Kept": "1"}) == {"x-kept": "1"}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("X-A", "one\r\nX-B: two"),
        ("X-A", "one\nX-B: two"),
        ("X-A\r\nX-B", "one"),
        ("X A", "one"),
        ("", "one"),
        ("X-A:", "one"),
        ("X-A", "\x00"),
        ("X-A", "größer"),
        ("X-A", "x" * 4097),
        ("x" * 129, "one"),
    ],
)
def test_what_no_header_can_be_is_refused(name: str, value: str):
    with pytest.raises(Invalid, match=r"webhook\.headers"):
        copied({name: value})


def test_too_many_are_refused():
    with pytest.raises(Invalid, match="at most 32"):
        copied({f"X-{number}": "1" for number in range(33)})
