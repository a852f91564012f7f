"""What is written to standard error, which processes beside each other share."""

import io
import logging
import sys
from collections.abc import Iterator

import orjson
import pytest
import structlog

from setpiece.bootstrap.logs import set_up_logs


class Pieces(io.StringIO):
    """A stream that keeps apart what is written to it at once."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []

    def write(self, text: str) -> int:
        self.pieces.append(text)
        return len(text)


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    root, config = logging.getLogger(), structlog.get_config()
    handlers, level, stream = list(root.handlers), root.level, Pieces()
    monkeypatch.setattr(sys, "stderr", stream)
    set_up_logs("info", "json")
    yield stream.pieces
    structlog.configure(**config)
    root.handlers[:] = handlers
    root.setLevel(level)


def test_a_line_is_written_at_once_so_that_those_of_two_processes_do_not_mix(written: list[str]):
    structlog.get_logger("ours").info("told", key="hidden")
    logging.getLogger("theirs").warning("told")
    assert [line[-1] for line in written] == ["\n", "\n"]
    first, second = map(orjson.loads, written)
    assert (first["event"], first["key"], second["event"]) == ("told", "***", "told")
