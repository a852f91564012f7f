"""Voices over the recordings of a workspace, with the real database."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import numpy as np
import pytest

from setpiece.api.services import Services
from setpiece.kernel.errors import Invalid, NotFound
from setpiece.kernel.ids import new_uuid, show
from setpiece.media.identities.identify import HeardVoices, identify_voices
from setpiece.media.identities.model import IdentifyOptions, Identity
from setpiece.media.identities.repository import IdentityRepository
from setpiece.media.identities.service import (
    Known,
    delete_identity,
    get_identity,
    label_identity,
    list_identities,
    merge_identities,
    speakers_of,
    split_identity,
    switch_identities,
)
from setpiece.media.model import Voice
from setpiece.media.recordings.model import ProcessingStatus, Recording, Source
from setpiece.media.recordings.repository import RecordingRepository
from setpiece.workspaces.model import Member
from setpiece.workspaces.work import Work

START = datetime(2026, 1, 1, tzinfo=UTC)
MEMBER = Member(UUID(int=1), "Test", "Member")
OPTIONS = IdentifyOptions(most_distance=0.4, least_margin=0.1, least_speech_s=5.0)
DIMENSIONS = 192


def direction(*weights: float) -> tuple[float, ...]:
    """Of length 1, along the first axes; directions of one axis each are as far apart as strangers: at distance 1."""
    vector = np.zeros(DIMENSIONS)
    vector[: len(weights)] = weights
    return tuple((vector / np.linalg.norm(vector)).tolist())


JOE, MARIA, KUMO = direction(1), direction(0, 1), direction(0, 0, 1)
JOE_HOARSE = direction(1, 0, 0, 0.3)  # at distance 0.04 from Joe


class Bench:
    """One workspace. Recordings are heard one after the other, each a day later."""

    def __init__(self, services: Services, workspace_id: UUID) -> None:
        self.now = START
        self.workspace_id = workspace_id
        self._database = services.database

    @asynccontextmanager
    async def work(self) -> AsyncIterator[Work]:
        async with self._database.transaction(self.workspace_id) as scope:
            yield Work(scope, MEMBER, self.now)

    async def hear(self, *voices: tuple[float, ...], speech_s: float = 30.0) -> UUID:
        self.now += timedelta(days=1)
        recording_id = new_uuid()
        async with self.work() as work:
            await RecordingRepository(work.scope).insert(_recording(recording_id, self.now))
        await self.hear_again(recording_id, *voices, speech_s=speech_s)
        return recording_id

    async def hear_again(
        self, recording_id: UUID, *voices: tuple[float, ...], speech_s: float = 30.0, model: str = "model"
    ) -> None:
        said = [Voice(speaker, speech_s, voice) for speaker, voice in enumerate(voices)]
        async with self.work() as work:
            heard = HeardVoices(recording_id, self.now, said, model)
            await identify_voices(work.scope, heard, self.now, OPTIONS)

    async def who(self, recording_id: UUID) -> dict[int, UUID]:
        return {speaker: one.identity_id for speaker, one in (await self.known(recording_id)).items()}

    async def known(self, recording_id: UUID) -> dict[int, Known]:
        async with self.work() as work:
            return dict(await speakers_of(work.scope, recording_id))

    async def get(self, identity_id: UUID) -> Identity:
        async with self.work() as work:
            return await get_identity(work, show("ent", identity_id))

    async def all(self) -> list[Identity]:
        async with self.work() as work:
            return list((await list_identities(work, None, 100))[0])

    async def do(self, change: Callable[..., Any], *ids: UUID, **more: Any) -> Any:
        async with self.work() as work:
            return await change(work, *(show("x", one) for one in ids), **more)

    async def rows(self, sql: str) -> list[Any]:
        async with self.work() as work:
            return list(await work.connection.fetch(sql))


def _recording(recording_id: UUID, at: datetime) -> Recording:
    return Recording(
        recording_id, "Call", "audio/wav", 1, b"1", "k", Source.SDK, MEMBER.id, None, at, at, False,
        ProcessingStatus.COMPLETED, 60.0, None,
    )  # fmt: skip


@pytest.fixture
def bench(services: Services, tenant: Any) -> Bench:
    return Bench(services, tenant.workspace_id)


async def test_a_voice_is_known_again_in_the_next_recording(bench: Bench):
    first, second = await bench.hear(JOE, MARIA), await bench.hear(KUMO, JOE_HOARSE)
    joe = (await bench.who(first))[0]
    assert await bench.who(second) == {0: (await bench.who(second))[0], 1: joe}
    found = await bench.get(joe)
    assert (found.media_count, found.last_seen_at) == (2, START + timedelta(days=2))
    assert [one.media_count for one in await bench.all()] == [1, 1, 2]  # newest first


async def test_a_voice_between_two_identities_becomes_a_new_one(bench: Bench):
    """At 0.29 from both: near enough to either, and too near to both to choose."""
    first = await bench.hear(JOE, MARIA)
    second = await bench.hear(direction(1, 1))
    assert not {*(await bench.who(second)).values()} & {*(await bench.who(first)).values()}


async def test_a_new_voice_that_is_heard_twice_at_once_is_one_identity(bench: Bench):
    heard = await asyncio.gather(*(bench.hear(JOE) for _ in range(4)))
    assert [one.media_count for one in await bench.all()] == [4]
    assert len(heard) == 4


async def test_two_speakers_of_one_recording_are_never_one_identity(bench: Bench):
    await bench.hear(JOE)
    twins = await bench.hear(JOE, direction(1, 0, 0, 0, 1), direction(1, 0, 0, 0, 0, 1.2))
    assert len({*(await bench.who(twins)).values()}) == 3


async def test_too_little_speech_gives_no_identity(bench: Bench):
    assert await bench.who(await bench.hear(JOE, speech_s=4.9)) == {}
    assert await bench.all() == []


async def test_hearing_a_recording_again_changes_nothing(bench: Bench):
    await bench.hear(JOE)
    again = await bench.hear(JOE_HOARSE, MARIA)
    before, people = await bench.all(), await bench.who(again)
    await bench.hear_again(again, JOE_HOARSE, MARIA)
    assert (await bench.all(), await bench.who(again)) == (before, people)


async def test_voices_keep_their_identity_when_a_correction_gives_them_other_numbers(bench: Bench):
    heard = await bench.hear(JOE, MARIA, KUMO)
    joe, maria, kumo = (await bench.who(heard)).values()
    await bench.hear_again(heard, MARIA, JOE)
    assert await bench.who(heard) == {0: maria, 1: joe}
    assert kumo not in [one.id for one in await bench.all()]


async def test_voices_of_different_models_are_not_compared(bench: Bench):
    first = await bench.hear(JOE)
    second = await bench.hear()
    await bench.hear_again(second, JOE, model="another")
    assert await bench.who(first) != await bench.who(second)


async def test_merged_identities_are_one_and_stay_one(bench: Bench):
    first, second = await bench.hear(JOE), await bench.hear(MARIA)
    one, other = (await bench.who(first))[0], (await bench.who(second))[0]
    async with bench.work() as work:
        await label_identity(work, show("ent", other), " Joe ")
    merged = await bench.do(merge_identities, one, other)
    assert (merged.id, merged.media_count, merged.label) == (one, 2, "Joe")
    with pytest.raises(NotFound):
        await bench.get(other)
    await bench.hear_again(second, MARIA)
    assert await bench.who(second) == {0: one}


async def test_identities_that_speak_in_one_recording_are_not_merged(bench: Bench):
    together = await bench.hear(JOE, MARIA)
    joe, maria = (await bench.who(together)).values()
    with pytest.raises(Invalid, match="merge the speakers of that file first"):
        await bench.do(merge_identities, joe, maria)
    with pytest.raises(Invalid, match="names the entity itself"):
        await bench.do(merge_identities, joe, joe)
    assert len(await bench.all()) == 2


async def test_one_recording_s_speaker_is_split_off_and_stays_apart(bench: Bench):
    first, second = await bench.hear(JOE), await bench.hear(JOE_HOARSE)
    joe = (await bench.who(first))[0]
    new = await bench.do(split_identity, joe, second)
    assert (new.media_count, new.last_seen_at) == (1, START + timedelta(days=2))
    assert (await bench.get(joe)).last_seen_at == START + timedelta(days=1)
    await bench.hear_again(second, JOE_HOARSE)
    assert await bench.who(second) == {0: new.id}


async def test_what_cannot_be_split_is_said(bench: Bench):
    first = await bench.hear(JOE)
    joe = (await bench.who(first))[0]
    with pytest.raises(Invalid, match="one file only"):
        await bench.do(split_identity, joe, first)
    await bench.hear(JOE)
    with pytest.raises(Invalid, match="not heard in file"):
        await bench.do(split_identity, joe, new_uuid())
    assert len(await bench.all()) == 1


async def test_a_deleted_identity_is_not_made_again_for_its_recordings(bench: Bench):
    heard = await bench.hear(JOE, MARIA)
    joe, maria = (await bench.who(heard)).values()
    await bench.do(delete_identity, joe)
    await bench.hear_again(heard, JOE, MARIA)
    assert await bench.who(heard) == {1: maria}
    assert [
        row["speaker"] for row in await bench.rows("select * from voiceprints where voice is not null")
    ] == [1]


async def test_an_identity_goes_with_its_last_voiceprint(bench: Bench):
    first, second = await bench.hear(JOE), await bench.hear(JOE, MARIA)
    await bench.rows(f"delete from voiceprints where recording_id = '{second}'")
    assert [(one.media_count, one.last_seen_at) for one in await bench.all()] == [
        (1, START + timedelta(days=1))
    ]
    await bench.rows(f"delete from voiceprints where recording_id = '{first}'")
    assert await bench.all() == []


async def test_an_identity_goes_when_its_last_recordings_are_deleted_at_once(bench: Bench):
    heard = [await bench.hear(JOE) for _ in range(4)]
    await asyncio.gather(
        *(bench.rows(f"delete from voiceprints where recording_id = '{one}'") for one in heard)
    )
    assert await bench.all() == []


async def test_switched_off_no_voice_is_kept_and_each_recording_has_its_own(bench: Bench):
    first, second = await bench.hear(JOE, MARIA), await bench.hear(JOE)
    joe = (await bench.who(first))[0]
    async with bench.work() as work:
        await label_identity(work, show("ent", joe), "Joe")
        await switch_identities(work, False)
    third = await bench.hear(JOE)
    everybody = [one for heard in (first, second, third) for one in (await bench.who(heard)).values()]
    assert len({*everybody}) == 4
    assert (await bench.known(first))[0] == Known(joe, "Joe")
    assert (await bench.known(second))[0].label == "Joe"
    assert (await bench.known(third))[0].label is None
    assert await bench.rows("select 1 from voiceprints where voice is not null") == []
    assert await bench.rows("select 1 from voice_identities where voice is not null") == []
    await bench.hear_again(third, JOE)
    assert [*(await bench.who(third)).values()] == everybody[-1:]


async def test_switched_on_again_what_is_heard_from_then_on_is_compared(bench: Bench):
    async with bench.work() as work:
        await switch_identities(work, False)
    first = await bench.hear(JOE)
    async with bench.work() as work:
        await switch_identities(work, True)
    second, third = await bench.hear(JOE), await bench.hear(JOE)
    assert await bench.who(first) != await bench.who(second)
    assert await bench.who(second) == await bench.who(third)


async def test_another_workspace_s_voices_are_not_known(bench: Bench, services: Services, new_tenant: Any):
    other = Bench(services, (await new_tenant()).workspace_id)
    await bench.hear(JOE)
    assert (await other.who(await other.hear(JOE))) != {}
    assert len(await other.all()) == len(await bench.all()) == 1


async def test_switched_off_a_speaker_whose_voice_is_not_known_has_an_identity_too(bench: Bench):
    async with bench.work() as work:
        await switch_identities(work, False)
    heard = await bench.hear((), ())
    assert [*await bench.who(heard)] == [0, 1]
    async with bench.work() as work:
        await switch_identities(work, True)
    before = await bench.who(heard)
    await bench.hear_again(heard, (), ())
    assert await bench.who(heard) == before


async def test_exchanged_speakers_take_their_identities_along_without_a_voice(bench: Bench):
    async with bench.work() as work:
        await switch_identities(work, False)
    heard = await bench.hear(JOE, MARIA)
    before = await bench.who(heard)
    for pair, expected in (((0, 1), {0: before[1], 1: before[0]}), ((1, 7), {0: before[1], 7: before[0]})):
        async with bench.work() as work:
            await IdentityRepository(work.scope).exchange(heard, *pair)
        assert await bench.who(heard) == expected
