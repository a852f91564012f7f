"""A function in a process of its own: answers to whom they belong, errors as they were raised, an end that is noticed."""

import asyncio
import os
import time
from collections.abc import Iterator

import pytest

from setpiece.providers.embeddings.apart import ApartProcess, Ended


def work(asked: tuple[str, float]) -> str:
    told, seconds = asked
    if told == "fail":
        raise ValueError(told)
    if told == "end":
        os._exit(3)
    time.sleep(seconds)
    return told


@pytest.fixture(scope="module")
def shared() -> Iterator[ApartProcess[tuple[str, float], str]]:
    process = ApartProcess(work, at_once=2)
    yield process
    process.close()


async def test_each_gets_its_own_answer_and_the_quick_need_not_wait(
    shared: ApartProcess[tuple[str, float], str],
):
    order: list[str] = []

    async def ask(told: str, seconds: float) -> str:
        answer = await shared.ask((told, seconds))
        order.append(answer)
        return answer

    assert await asyncio.gather(ask("slow", 0.5), ask("quick", 0.0), ask("next", 0.0)) == [
        "slow",
        "quick",
        "next",
    ]
    assert order[-1] == "slow"


async def test_an_error_is_raised_where_it_was_asked(shared: ApartProcess[tuple[str, float], str]):
    with pytest.raises(ValueError, match="fail"):
        await shared.ask(("fail", 0.0))
    assert await shared.ask(("after", 0.0)) == "after"


async def test_who_does_not_wait_any_more_takes_nobody_elses_answer(
    shared: ApartProcess[tuple[str, float], str],
):
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(shared.ask(("late", 0.3)), 0.05)
    assert await asyncio.gather(*(shared.ask((str(at), 0.0)) for at in range(20))) == [
        str(at) for at in range(20)
    ]


def test_another_event_loop_goes_on_asking(shared: ApartProcess[tuple[str, float], str]):
    assert [asyncio.run(shared.ask((told, 0.0))) for told in ("one", "two")] == ["one", "two"]


async def test_more_than_a_pipe_holds_goes_both_ways(shared: ApartProcess[tuple[str, float], str]):
    long = "x" * 3_000_000
    assert await asyncio.gather(shared.ask((long, 0.0)), shared.ask((long, 0.0))) == [long, long]


async def test_all_who_wait_learn_of_the_end():
    process = ApartProcess(work, at_once=2)
    waiting = [
        asyncio.ensure_future(process.ask(("slow", 60.0))),
        asyncio.ensure_future(process.ask(("end", 0.0))),
    ]
    for one in waiting:
        with pytest.raises(Ended):
            await one
    with pytest.raises(Ended):
        await process.ask(("after", 0.0))
    process.close()
