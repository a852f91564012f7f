"""What every `Embedder` does: the fake that ships, and the model."""

import math
import multiprocessing
from collections.abc import Callable
from operator import mul

import pytest

from setpiece.providers.embeddings.embedder import Embedder
from setpiece.providers.embeddings.hashed import HashedWords
from setpiece.providers.embeddings.minilm import MiniLm, MiniLmOptions

LONG = "revenue operations " * 5_000


MAKERS: dict[str, Callable[[], Embedder]] = {
    "hashed": HashedWords,
    "minilm": MiniLm,
    "minilm in a process of its own": lambda: MiniLm(MiniLmOptions(apart=True)),
}


@pytest.fixture(scope="module", params=MAKERS)
def embedder(request: pytest.FixtureRequest) -> Embedder:
    return MAKERS[request.param]()


def cosine(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    return sum(map(mul, one, other))


async def test_a_vector_has_the_dimension_and_the_length_one(embedder: Embedder):
    for vector in await embedder.embed(["VP of Sales", "", "🙂", LONG]):
        assert len(vector) == embedder.dimension
        assert math.isclose(math.hypot(*vector), 1.0, abs_tol=2e-3)


async def test_the_same_text_has_the_same_vector_whatever_stands_beside_it(embedder: Embedder):
    texts = ["Head of Revenue Operations", "CISO", "Responsable de ventas", LONG, "CISO"]
    together = await embedder.embed(texts)
    apart = [(await type(embedder)().embed([text]))[0] for text in texts]
    assert together == apart
    assert together[1] == together[4]


async def test_vectors_come_in_the_order_of_the_texts(embedder: Embedder):
    forwards = await embedder.embed(["sales", "a much longer text about sales", "security"])
    backwards = await embedder.embed(["security", "a much longer text about sales", "sales"])
    assert forwards == backwards[::-1]


async def test_a_text_is_nearest_to_one_that_shares_its_words(embedder: Embedder):
    asked, near, far = await embedder.embed(
        ["Head of sales operations", "Sales operations manager", "Registered nurse in a clinic"]
    )
    assert cosine(asked, near) > cosine(asked, far) + 0.2


async def test_no_text_gives_no_vector(embedder: Embedder):
    assert await embedder.embed([]) == []


def test_the_model_is_named(embedder: Embedder):
    assert embedder.model
    assert embedder.dimension == 384


async def test_a_process_that_is_killed_is_started_again():
    apart = MiniLm(MiniLmOptions(apart=True))
    before = set(multiprocessing.active_children())
    (first,) = await apart.embed(["Head of sales operations"])
    (child,) = set(multiprocessing.active_children()) - before
    child.kill()
    child.join()
    assert len(await apart.embed(["Head of finance"])) == 1
    assert await apart.embed(["Head of sales operations"]) == [first]
