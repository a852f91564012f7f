"""Arithmetic of spans."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from setpiece.providers.speech.ports import Span

Item = TypeVar("Item")


def shifted(span: Span, by_s: float) -> Span:
    return Span(span.start_s + by_s, span.end_s + by_s)


def merged(spans: Iterable[Span], bridge_s: float = 0.0) -> list[Span]:
    """In order and apart from each other; gaps up to `bridge_s` are closed."""
    result: list[Span] = []
    for span in sorted(spans):
        if result and span.start_s - result[-1].end_s <= bridge_s:
            result[-1] = Span(result[-1].start_s, max(result[-1].end_s, span.end_s))
        else:
            result.append(span)
    return result


def shared_s(one: Span, other: Span) -> float:
    """Seconds that both cover."""
    return max(0.0, min(one.end_s, other.end_s) - max(one.start_s, other.start_s))


def total_s(spans: Iterable[Span]) -> float:
    return sum(span.duration_s for span in spans)


def runs(active: npt.NDArray[np.bool_], frame_s: float) -> list[Span]:
    """The runs of true frames. Shape: (frames,)."""
    edges = np.flatnonzero(np.diff(active.astype(np.int8), prepend=0, append=0))
    return [Span(start * frame_s, end * frame_s) for start, end in edges.reshape(-1, 2).tolist()]


def covered(spans: Sequence[Span], frames: int, frame_s: float) -> npt.NDArray[np.bool_]:
    """Which frames lie in a span. Shape: (frames,)."""
    active = np.zeros(frames, bool)
    for span in spans:
        active[round(span.start_s / frame_s) : round(span.end_s / frame_s)] = True
    return active


def batched(items: Iterable[Item], most: int) -> Iterator[tuple[Item, ...]]:
    """The items in order, `most` together and the rest last."""
    left = iter(items)
    while batch := tuple(islice(left, most)):
        yield batch
