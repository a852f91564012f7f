"""Work shared out among threads, one whole piece to each.

The networks here are small: two threads inside one of them wait for each other for a fifth to a third of their time, two
threads at two pieces do not (measured in docs/speech.md, "What it costs").
"""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Given = TypeVar("Given")
Made = TypeVar("Made")


def share_out(work: Callable[[Given], Made], pieces: Iterable[Given], hands: int) -> Iterator[Made]:
    """What `work` makes of each piece, in their order; at most `hands` at a time."""
    given = list(pieces)
    if hands == 1 or len(given) < 2:
        yield from map(work, given)
        return
    with ThreadPoolExecutor(hands, "hands") as pool:
        yield from pool.map(work, given)
