"""Recordings as clients send them: real headers, silence inside; and a short way to call `/v1/files`."""

import io
import wave
from dataclasses import dataclass
from typing import Any

import httpx


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
    ) -> Any:
        answer = await self.client.post(
            "/v1/files",
            files={"file": (name, content)},
            data={} if label is None else {"label": label},
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

    async def audio(self, media_id: str, **headers: str) -> httpx.Response:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return await self.client.get(f"/v1/files/{media_id}/audio", headers=named)


def checked(answer: httpx.Response, expect: int) -> Any:
    assert answer.status_code == expect, answer.text
    assert answer.headers["content-type"] == "application/json"
    return answer.json()
