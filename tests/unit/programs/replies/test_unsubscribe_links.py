"""The link in a mail: only for its reader, and nothing of it can be changed."""

import base64
from uuid import UUID

import pytest

from setpiece.kernel.errors import NotFound
from setpiece.programs.replies.unsubscribe_links import (
    LONGEST_TOKEN,
    Reader,
    headers_of,
    read_token,
    token_of,
    workspace_of,
)

KEY = bytes(range(32))
READER = Reader(UUID(int=1), UUID(int=2), UUID(int=3), "robin@acme.example")


def test_a_token_tells_its_reader_and_the_workspace_whose_key_it_needs():
    token = token_of(READER, KEY)
    assert read_token(token, KEY) == READER
    assert workspace_of(token) == READER.workspace_id
    longest = Reader(UUID(int=1), UUID(int=2), UUID(int=3), "a" * 64 + "@" + "b" * 185 + ".com")
    assert len(token_of(longest, KEY)) <= LONGEST_TOKEN


def test_a_token_with_any_byte_changed_is_refused():
    token = token_of(READER, KEY)
    content = bytearray(base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)))
    for at in range(len(content)):
        changed = bytes(byte ^ (1 if place == at else 0) for place, byte in enumerate(content))
        with pytest.raises(NotFound):
            read_token(base64.urlsafe_b64encode(changed).decode().rstrip("="), KEY)


@pytest.mark.parametrize(
    "token", ["", "x", "ä", "=" * 20, "a" * 10_000, "../../etc", token_of(READER, b"1" * 32)]
)
def test_what_is_no_token_of_this_key_is_refused(token: str):
    with pytest.raises(NotFound):
        read_token(token, KEY)
    with pytest.raises(NotFound):
        read_token(token, None)


def test_the_headers_offer_every_way_there_is():
    both = headers_of("https://go.example.com/unsubscribe?t=x", "team@example.com")
    assert both == {
        "List-Unsubscribe": "<https://go.example.com/unsubscribe?t=x>, <mailto:team@example.com?subject=unsubscribe>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    assert headers_of(None, "team@example.com") == {
        "List-Unsubscribe": "<mailto:team@example.com?subject=unsubscribe>"
    }
    assert headers_of(None, None) == {}
    assert headers_of(None, "team\r\nBcc: x@example.com") == {}
