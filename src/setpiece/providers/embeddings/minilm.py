"""all-MiniLM-L6-v2 with int8 weights on onnxruntime: 384 numbers, English first, no network."""

import asyncio
import ctypes
import threading
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, partial
from itertools import groupby
from typing import Any

from setpiece.kernel.errors import Unavailable
from setpiece.providers.embeddings.apart import ApartProcess, Ended
from setpiece.providers.embeddings.embedder import Vector
from setpiece.providers.embeddings.weights import MODEL_ID, model_bytes_path, tokenizer_path

DIMENSION = 384
MOST_TOKENS = 128
"""What the model reads of a text; some 90 English words."""

_BATCH_TOKENS = 1_024
"""Texts times length of one call. Twice as many cost 30 MB more and saved no time."""

_AT_ONCE = 2
"""Calls that a process of its own computes side by side: a prospect's title, and what else is known of them."""

_REMEMBERED = 512
"""Vectors kept, the last used ones; 12 kB each. Titles and contexts of one campaign come again and again."""

_MOST_CHARS = 4_000
"""Beyond this no tokenizer reaches 128 tokens; bounds the work for a hostile text."""


@dataclass(frozen=True, slots=True)
class MiniLmOptions:
    """How much of the machine the model may take.

    Attributes:
        threads: For one call. More than one is faster for long texts only, and takes the cores from the database.
        apart: Keep the model in a process of its own, so that this one stays small: its weights take 150 MB. The first
            call waits a second longer.
    """

    threads: int = 1
    apart: bool = False


class MiniLm:
    """Loads the model when it is first asked: in a thread where all calls run one after the other, or in a process of its own."""

    model = MODEL_ID
    dimension = DIMENSION

    def __init__(self, options: MiniLmOptions | None = None) -> None:
        self._options = options or MiniLmOptions()
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="embeddings")
        self._process: ApartProcess[Sequence[str], list[Vector]] | None = None
        self._remembered: OrderedDict[str, Vector] = OrderedDict()

    async def embed(self, texts: Sequence[str]) -> list[Vector]:
        wanted = [text[:_MOST_CHARS] for text in texts]
        new = [text for text in dict.fromkeys(wanted) if text not in self._remembered]
        found = {text: self._remembered[text] for text in wanted if text in self._remembered}
        if new:
            found |= dict(zip(new, await self._compute(new), strict=True))
        self._remember(found)
        return [found[text] for text in wanted]

    def _remember(self, found: dict[str, Vector]) -> None:
        for text, vector in found.items():
            self._remembered[text] = vector
            self._remembered.move_to_end(text)
        while len(self._remembered) > _REMEMBERED:
            self._remembered.popitem(last=False)

    async def _compute(self, texts: Sequence[str]) -> list[Vector]:
        if self._options.apart:
            return await self._compute_apart(texts)
        return await asyncio.get_running_loop().run_in_executor(self._thread, _embed, self._options, texts)

    async def _compute_apart(self, texts: Sequence[str]) -> list[Vector]:
        """A process that was killed is started again, once."""
        for _ in range(2):
            process = self._process = self._process or ApartProcess(partial(_embed, self._options), _AT_ONCE)
            try:
                return await process.ask(texts)
            except Ended:
                process.close()
                self._process = None if self._process is process else self._process
        raise Unavailable(
            "The process of the embedding model ends as soon as it starts; is there memory for it?",
            code="no_embeddings",
        )


_loading = threading.Lock()


def _embed(options: MiniLmOptions, texts: Sequence[str]) -> list[Vector]:
    with _loading:
        network = _network(options)
    return network.embed(texts)


@cache
def _network(options: MiniLmOptions) -> "_Network":
    """Of this process: one model serves all that ask for the same."""
    return _Network(options)


class _Network:
    """Tokenizer and network. Heavy imports stand here: most processes never need them."""

    def __init__(self, options: MiniLmOptions) -> None:
        import numpy as np
        import onnxruntime as ort
        from tokenizers import Tokenizer

        self._np = np
        self._tokenizer = Tokenizer.from_file(str(tokenizer_path()))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(MOST_TOKENS)
        chosen = ort.SessionOptions()
        chosen.intra_op_num_threads, chosen.inter_op_num_threads = options.threads, 1
        chosen.enable_cpu_mem_arena = False  # the arena would keep the memory of the largest batch: 150 MB
        chosen.log_severity_level = 3
        self._session = ort.InferenceSession(
            str(model_bytes_path()), chosen, providers=["CPUExecutionProvider"]
        )
        _give_memory_back()

    def embed(self, texts: Sequence[str]) -> list[Vector]:
        # One by one: encoding many at a time starts a thread for each core.
        encoded = [self._tokenizer.encode(text).ids for text in texts]
        vectors: dict[int, Vector] = {}
        for batch in _batches([len(ids) for ids in encoded]):
            rows = self._run([encoded[place] for place in batch])
            vectors |= {place: tuple(row.tolist()) for place, row in zip(batch, rows, strict=True)}
        return [vectors[place] for place in range(len(texts))]

    def _run(self, several: Sequence[Sequence[int]]) -> Any:
        """Mean of the last hidden states, length 1: float32, shape (texts, 384). The texts are of one length."""
        np = self._np
        ids = np.array(several, dtype=np.int64)
        given = {
            "input_ids": ids,
            "attention_mask": np.ones_like(ids),
            "token_type_ids": np.zeros_like(ids),
        }
        (states,) = self._session.run(None, given)
        means = states.mean(axis=1)
        vectors = means / np.maximum(np.linalg.norm(means, axis=1, keepdims=True), 1e-12)
        # Half precision, as it is stored: a vector is the same before and after it was kept.
        return vectors.astype(np.float16).astype(np.float32)


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Places of texts of one length, as many at a time as one call takes.

    Of one length, so that none is padded: a text's vector does not depend on its neighbours then.
    """
    ordered = sorted(range(len(lengths)), key=lengths.__getitem__)
    for length, places in groupby(ordered, key=lengths.__getitem__):
        left = list(places)
        most = max(1, _BATCH_TOKENS // length)
        for start in range(0, len(left), most):
            yield left[start : start + most]


def _give_memory_back() -> None:
    """Loading leaves 50 MB of freed memory with the C library, which keeps it; only glibc can be asked for it."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)
