"""One workspace whose recordings are heard, with fake models or real ones."""

import asyncio
import io
import threading
import wave
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

import numpy as np

from setpiece.api.services import Services
from setpiece.jobs.attempt import Attempts
from setpiece.kernel.clock import now
from setpiece.kernel.ids import new_uuid, show
from setpiece.media.recordings.heard import HeardCall, heard_call
from setpiece.media.recordings.hearing import Desk, handlers
from setpiece.media.recordings.model import Recording, Source, Wish
from setpiece.media.recordings.processing import hear_again
from setpiece.media.recordings.receive import Incoming, receive
from setpiece.media.recordings.service import delete_recording, get_recording
from setpiece.providers.blobs.store import BlobStore
from setpiece.providers.speech.fakes import FakeRecogniser, conversation, fake_speech_models
from setpiece.providers.speech.ports import SAMPLE_RATE_HZ, SpeechModels
from setpiece.storage.database import Database
from setpiece.workspaces.model import Member
from setpiece.workspaces.work import OpenWork, Work


def wav_of(samples: np.ndarray) -> bytes:
    kept = io.BytesIO()
    with wave.open(kept, "wb") as file:
        file.setparams((1, 2, SAMPLE_RATE_HZ, 0, "NONE", ""))
        file.writeframes((samples * 32767).astype(np.int16).tobytes())
    return kept.getvalue()


CALL = wav_of(conversation((0, 1), (1, 12), (0, 1), (2, 12), (0, 1), (1, 6), (0, 1)))
"""Two voices as the fakes hear them, 34 s."""
NO_WISH = Wish()


class Gate(FakeRecogniser):
    """Hears nothing before it is opened, in a thread as the real one."""

    def __init__(self) -> None:
        self.is_reached, self.is_open = threading.Event(), threading.Event()

    def transcribe(self, listened: Any, language: str) -> Any:
        self.is_reached.set()
        assert self.is_open.wait(20)
        return super().transcribe(listened, language)


async def reached(gate: Gate) -> None:
    assert await asyncio.to_thread(gate.is_reached.wait, 20)


@dataclass
class HearingBench:
    """What a worker does, done here, one attempt at a time."""

    database: Database
    blobs: BlobStore
    workspace_id: UUID
    member: Member
    work_dir: Path
    models: Callable[[], SpeechModels] = fake_speech_models
    retry_waits_s: tuple[float, ...] = ()
    handler_by_kind: Mapping[str, Any] = field(init=False)

    def __post_init__(self) -> None:
        desk = Desk(self.database, self.blobs, lambda: self.models(), self.work_dir, now)
        self.handler_by_kind = handlers(desk)

    @property
    def open_work(self) -> OpenWork:
        @asynccontextmanager
        async def opened() -> AsyncIterator[Work]:
            async with self.database.transaction(self.workspace_id) as scope:
                yield Work(scope, self.member, now())

        return opened

    async def upload(self, content: bytes = CALL, wish: Wish = NO_WISH) -> Recording:
        async def pieces() -> AsyncIterator[bytes]:
            yield content

        incoming = Incoming(pieces(), lambda: "Call", Source.SDK, None, new_uuid(), lambda: wish)
        return await receive(self.open_work, self.blobs, incoming)

    async def look(self, recording: Recording) -> Recording:
        async with self.open_work() as work:
            return await get_recording(work, show("med", recording.id))

    async def heard(self, recording: Recording) -> HeardCall:
        async with self.open_work() as work:
            found = await heard_call(work.scope, recording.id)
        assert found is not None
        return found

    async def wish(self, recording: Recording, wish: Wish) -> None:
        async with self.open_work() as work:
            await hear_again(work, show("med", recording.id), lambda _: wish)

    async def delete(self, recording: Recording) -> None:
        await delete_recording(self.open_work, self.blobs, show("med", recording.id))

    async def jobs(self, recording: Recording) -> list[Any]:
        return await self.rows(
            "select id, status, error, error_code, stage, progress from jobs where key = $1 order by id",
            str(recording.id),
        )

    async def rows(self, query: str, *values: Any) -> list[Any]:
        async with self.open_work() as work:
            return list(await work.connection.fetch(query, *values))

    async def attempt(self, recording: Recording) -> float | None:
        """One attempt at the newest job that hears the recording."""
        job = (await self.jobs(recording))[-1]
        attempts = Attempts(self.database, self.handler_by_kind, self.retry_waits_s)
        return await attempts.attempt(self.workspace_id, job["id"])

    async def prints(self, recording: Recording) -> dict[str, tuple[bytes, Any]]:
        """What is current: the print and the time of each stage."""
        found = await self.rows(
            "select stage, print, made_at from stage_results where recording_id = $1 and is_current",
            recording.id,
        )
        return {row["stage"]: (row["print"], row["made_at"]) for row in found}


async def member_of(services: Services, workspace_id: UUID) -> Member:
    """Somebody who may ask for jobs."""
    async with services.database.bound(workspace_id) as scope:
        found = await scope.connection.fetchval("select id from members limit 1")
    return Member(found, "Test", "Member")


async def until(look: Callable[[], Any], patience_s: float = 120.0) -> Any:
    for _ in range(int(patience_s / 0.02)):
        if found := await look():
            return found
        await asyncio.sleep(0.02)
    raise AssertionError("it did not happen in time")
