"""What holds for every vendor: attempts with growing waits, a deadline over all of them, and a bound on how many at once."""

import asyncio
import random
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import structlog

from setpiece.kernel.errors import Unavailable
from setpiece.providers.llm.answers import read_answer
from setpiece.providers.llm.failures import too_slow
from setpiece.providers.llm.options import LlmOptions
from setpiece.providers.llm.port import Completion, Prompt, Schema, Tally
from setpiece.providers.llm.vendor import Ask, Failed, Vendor

log = structlog.get_logger(__name__)

_FIRST_WAIT_S, _LONGEST_WAIT_S = 0.5, 8.0
"""As the official clients have it; theirs are switched off, so that nothing is tried twice over."""


def wait_before(retry: int, asked_s: float | None, chance: float) -> float:
    """Seconds before a retry, counted from 0: what the server asked for, else twice as long each time, less up to a quarter.

    `chance`, from 0 to 1, is the jitter: clients turned away together do not come back together.
    """
    if asked_s is not None:
        return asked_s
    return min(_FIRST_WAIT_S * 2.0**retry, _LONGEST_WAIT_S) * (1 - chance / 4)


class PatientModel:
    """A `LanguageModel` over one vendor.

    Args:
        clock: Monotonic seconds. With `sleep` and `chance`, an argument so that tests need not wait.
    """

    def __init__(
        self,
        vendor: Vendor,
        options: LlmOptions,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._vendor = vendor
        self._options = options
        self._clock, self._sleep, self._chance = clock, sleep, chance
        self._slots = asyncio.Semaphore(options.concurrency)

    @property
    def provider(self) -> str:
        return self._options.provider

    @property
    def model(self) -> str:
        return self._options.model

    async def aclose(self) -> None:
        await self._vendor.aclose()

    async def complete(
        self,
        prompt: Prompt,
        schema: Schema,
        *,
        model: str | None = None,
        within_s: float | None = None,
        tally: Tally | None = None,
    ) -> Completion:
        """See `LanguageModel.complete`."""
        allowed_s = self._options.deadline_s if within_s is None else min(within_s, self._options.deadline_s)
        ends, spent = self._clock() + allowed_s, Tally()
        try:
            async with self._slot(allowed_s):
                return await self._persist(prompt, schema, model or self.model, ends, spent)
        finally:
            if tally is not None:
                tally.add(spent.input_tokens, spent.output_tokens)
                tally.attempts += spent.attempts

    async def _persist(
        self, prompt: Prompt, schema: Schema, model: str, ends: float, spent: Tally
    ) -> Completion:
        for retry in range(self._options.retries + 1):
            try:
                return await self._attempt(prompt, schema, model, ends, spent)
            except Failed as failed:
                wait_s = wait_before(retry, failed.wait_s, self._chance())
                log.warning(
                    "llm_attempt_failed", code=failed.error.code, attempt=retry + 1, again=failed.again
                )
                is_last = retry == self._options.retries or self._clock() + wait_s >= ends
                if is_last or not failed.again:
                    raise failed.error from failed
                await self._sleep(wait_s)
        raise AssertionError("the last attempt returns or raises")

    async def _attempt(
        self, prompt: Prompt, schema: Schema, model: str, ends: float, spent: Tally
    ) -> Completion:
        spent.attempts += 1
        timeout_s = max(0.001, min(self._options.timeout_s, ends - self._clock()))
        ask = Ask(prompt, schema, model, self._options.max_output_tokens, timeout_s)
        try:
            async with asyncio.timeout(
                timeout_s
            ):  # the clients' own time-outs are for each chunk, not for the whole
                reply = await self._vendor.ask(ask)
        except TimeoutError:
            raise too_slow(timeout_s) from None
        spent.add(reply.input_tokens, reply.output_tokens)
        output = read_answer(reply, schema)
        return Completion(output, reply.model, spent.input_tokens, spent.output_tokens, spent.attempts)

    @asynccontextmanager
    async def _slot(self, allowed_s: float) -> AsyncIterator[None]:
        """Wait for a turn; waiting counts."""
        try:
            async with asyncio.timeout(allowed_s):
                await self._slots.acquire()
        except TimeoutError:
            raise Unavailable(
                f"{self._options.concurrency} other requests kept the language model busy for {allowed_s:g} s "
                "(SETPIECE_LLM_CONCURRENCY).",
                code="llm_timeout",
            ) from None
        try:
            yield
        finally:
            self._slots.release()
