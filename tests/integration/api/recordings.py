"""Recordings as clients send them: real headers, silence inside; and a short way to call `/v1/files`."""

import io
import wave
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import numpy as np

from setpiece.api.services import Services
from setpiece.jobs.attempt import Attempts
from setpiece.kernel.ids import parse
from setpiece.media.recordings.hearing import Desk, handlers
from setpiece.providers.speech.fakes import conversation, fake_speech_models
from setpiece.providers.speech.ports import SAMPLE_RATE_HZ, SpeechModels


def wav(seconds: float = 0.1, fill: bytes = b"\x00") -> bytes:
    """A mono telephone recording; `fill` tells one from another."""
    kept = io.BytesIO()
    with wave.open(kept, "wb") as writing:
        writing.setparams((1, 2, 8000, 0, "NONE", ""))
        writing.writeframes(fill * 2 * int(8000 * seconds))
    return kept.getvalue()


@dataclass(frozen=True)
class Files:
    """One key. Each call asserts the status, so that a test reads as what happens."""

    client: httpx.AsyncClient

    async def upload(
        self,
        content: bytes,
        *,
        expect: int = 200,
        name: str = "call.wav",
        label: str | None = None,
        key: str | None = None,
        **fields: str,
    ) -> Any:
        answer = await self.client.post(
            "/v1/files",
            files={"file": (name, content)},
            data=({} if label is None else {"label": label}) | fields,
            headers={"Idempotency-Key": key} if key else {},
        )
        return checked(answer, expect)

    async def get(self, media_id: str, expect: int = 200) -> Any:
        return checked(await self.client.get(f"/v1/files/{media_id}"), expect)

    async def list(self, expect: int = 200, **query: Any) -> Any:
        return checked(await self.client.get("/v1/files", params=query), expect)

    async def lock(self, media_id: str, lock: Any, expect: int = 200) -> Any:
        answer = await self.client.patch(f"/v1/files/{media_id}/retention", json={"lock": lock})
        return checked(answer, expect)

    async def delete(self, media_id: str, expect: int = 200) -> Any:
        return checked(await self.client.delete(f"/v1/files/{media_id}"), expect)

    async def read(self, media_id: str, what: str, expect: int = 200, **query: Any) -> Any:
        """`speakers`, `transcript` or `timeline`."""
        return checked(await self.client.get(f"/v1/files/{media_id}/{what}", params=query), expect)

    async def export(self, media_id: str, form: str) -> httpx.Response:
        return await self.client.get(f"/v1/files/{media_id}/transcript", params={"format": form})

    async def process(self, media_id: str, body: Any, expect: int = 200) -> Any:
        return checked(await self.client.post(f"/v1/files/{media_id}/process", json=body), expect)

    async def audio(self, media_id: str, **headers: str) -> httpx.Response:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return await self.client.get(f"/v1/files/{media_id}/audio", headers=named)


def checked(answer: httpx.Response, expect: int) -> Any:
    assert answer.status_code == expect, answer.text
    assert answer.headers["content-type"] == "application/json"
    return answer.json()


def conversation_wav(*parts: tuple[int, float]) -> bytes:
    """Voices as the fake models hear them: (voice, seconds), 0 is silence."""
    kept = io.BytesIO()
    with wave.open(kept, "wb") as writing:
        writing.setparams((1, 2, SAMPLE_RATE_HZ, 0, "NONE", ""))
        writing.writeframes((conversation(*parts) * 32767).astype(np.int16).tobytes())
    return kept.getvalue()


@dataclass(frozen=True)
class Listener:
    """Hears recordings as a worker does, with fake models."""

    services: Services
    workspace_id: UUID
    work_dir: Path
    models: Callable[[], SpeechModels] = fake_speech_models

    async def hear(self, media_id: str) -> None:
        """One attempt at the newest job for the recording."""
        database = self.services.database
        async with database.bound(self.workspace_id) as scope:
            job_id = await scope.connection.fetchval(
                "select id from jobs where key = $1 order by id desc limit 1", str(parse(media_id))
            )
        desk = Desk(database, self.services.blobs, self.models, self.work_dir, self.services.now)
        await Attempts(database, handlers(desk), ()).attempt(self.workspace_id, job_id)
