"""Row-level security, seen from the role that serves requests: the fence beneath the queries."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest

from setpiece.jobs.queue import enqueue
from setpiece.kernel.clock import now
from setpiece.kernel.ids import parse, show
from setpiece.library.renewal import renew_in
from setpiece.library.similarity.refresh import catch_up
from setpiece.media.corrections.model import Correction, RenameSpeaker
from setpiece.media.corrections.repository import CorrectionRepository
from setpiece.media.identities.identify import HeardVoices, identify_voices
from setpiece.media.model import Voice
from setpiece.media.recordings.consent import keep_consent
from setpiece.media.recordings.doomed import doom
from setpiece.media.recordings.repository import RecordingRepository, Wanted
from setpiece.programs.execution.dispatch_repository import DispatchRepository
from setpiece.programs.execution.export_repository import Export, ExportRepository
from setpiece.programs.execution.message_repository import MessageRepository, NewMessage, WantedMessages
from setpiece.programs.leads.drawing import draw
from setpiece.programs.replies.unsubscribe_links import Reader as MailReader
from setpiece.programs.replies.unsubscribe_links import unsubscribe_link
from setpiece.programs.service import get_program
from setpiece.programs.suppressions.model import SuppressionKind, SuppressionReason
from setpiece.programs.suppressions.model import Wanted as Suppressed
from setpiece.programs.suppressions.service import suppress as put_on_list
from setpiece.providers.embeddings.hashed import HashedWords
from setpiece.reports.matchings.model import Heard, Matching, Resolved
from setpiece.reports.matchings.repository import MatchingRepository
from setpiece.reports.psychometrics.model import Analysis
from setpiece.reports.psychometrics.repository import AnalysisRepository
from setpiece.storage.database import APP_ROLE, Database, TenantConnection, open_database
from setpiece.workspaces.audit import note
from setpiece.workspaces.model import Member
from setpiece.workspaces.work import Work

UNFORCED = {"members", "api_keys", "lacking_embeddings", "webhooks_due", "program_due", "program_forgotten"}
"""Written or read by the owner of the tables without a workspace, so the policy binds only the application's role."""


@pytest.fixture
async def owner(dsn: str, services: Any) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(dsn)
    yield connection
    await connection.close()


@pytest.fixture
async def database(dsn: str, services: Any) -> AsyncIterator[Database]:
    """One pooled connection, so that whoever comes next gets the one that the last workspace used."""
    opened = await open_database(dsn, max_size=1)
    yield opened
    await opened.aclose()


@pytest.fixture
async def two_workspaces(new_tenant: Any, connect: Any, database: Database) -> tuple[UUID, UUID]:
    """Two workspaces with rows in every tenant table."""
    ids = []
    for _ in range(2):
        tenant = await new_tenant()
        async with connect(api_key=tenant.secret) as client:
            await fill(client)
            await read_library(database, tenant.workspace_id)
            await begin_upload(database, tenant.workspace_id)
            await hear(database, tenant.workspace_id)
            await give_feedback(database, tenant.workspace_id)
            await suppress_somebody(database, tenant.workspace_id)
            await write_to_leads(client, database, tenant.workspace_id)
            await know_a_voice(database, tenant.workspace_id)
            await client.post("/api/v2/persona/create", json={"name": "Not read yet"})
        ids.append(tenant.workspace_id)
    return ids[0], ids[1]


async def read_library(database: Database, workspace_id: UUID) -> None:
    """What a worker does beside its jobs."""
    async with database.transaction(workspace_id) as scope:
        await catch_up(Work(scope, Member(UUID(int=0), "Reader", ""), now()), HashedWords())
    await renew_in(database, workspace_id)


async def begin_upload(database: Database, workspace_id: UUID) -> None:
    """What an upload under way has written."""
    async with database.transaction(workspace_id) as scope:
        await doom(
            Work(scope, Member(UUID(int=0), "Uploader", ""), now()), f"recordings/{workspace_id}", now()
        )


async def know_a_voice(database: Database, workspace_id: UUID) -> None:
    """What a recording that was heard leaves of its speaker."""
    async with database.transaction(workspace_id) as scope:
        recording_id = await scope.connection.fetchval("select id from recordings limit 1")
        member = await scope.connection.fetchrow("select id, first_name, last_name from members limit 1")
        work = Work(scope, Member(*member), now())
        await keep_consent(work, recording_id, "Agreed")
        await note(work, "file.audio.read", recording_id)
        job = await enqueue(work, "report.generate", {"recordingId": str(recording_id)})
        await scope.connection.execute(
            """insert into reports (id, workspace_id, job_id, recording_id, asked, label, created_at)
               values ($1, $2, $1, $3, '{}', 'Report', now())""",
            job.id,
            workspace_id,
            recording_id,
        )
        change = RenameSpeaker(0, "Speaker")
        correction = Correction(uuid4(), change, b"print", uuid4(), now())
        await CorrectionRepository(scope).insert(recording_id, correction)
        subject = Resolved({"type": "entity_id"}, None, None)
        matching = Matching(uuid4(), uuid4(), None, subject, (subject,), {}, "", now())
        await MatchingRepository(scope).insert(matching, [Heard(recording_id, 0, None)])
        analysis = Analysis(uuid4(), {}, {}, None, now(), now() + timedelta(days=7))
        await AnalysisRepository(scope).insert(analysis)
        heard = HeardVoices(recording_id, now(), [Voice(0, 60.0, (1.0,) + 191 * (0.0,))], "model")
        await identify_voices(scope, heard, now())


async def hear(database: Database, workspace_id: UUID) -> None:
    """What a stage has made of the recording that was uploaded."""
    async with database.transaction(workspace_id) as scope:
        recording = await RecordingRepository(scope).newest(Wanted(), 1)
        await scope.connection.execute(
            "insert into stage_results values ($1, $2, 'speech', '', 'model', '', true, now())",
            workspace_id,
            recording[0].id,
        )


async def give_feedback(database: Database, workspace_id: UUID) -> None:
    """What somebody said of a job's result."""
    async with database.transaction(workspace_id) as scope:
        await scope.connection.execute(
            """insert into feedback (id, workspace_id, job_id, target, rating, created_by, created_at)
               select new_id(), workspace_id, id, '{}', 'thumbs_up', created_by, now() from jobs
               where workspace_id = $1 limit 1""",
            workspace_id,
        )


async def suppress_somebody(database: Database, workspace_id: UUID) -> None:
    async with database.transaction(workspace_id) as scope:
        wanted = Suppressed(SuppressionKind.EMAIL, "ada@example.com", SuppressionReason.MANUAL, "api")
        await put_on_list(Work(scope, Member(UUID(int=0), "Reader", ""), now()), [wanted])
        reader = MailReader(workspace_id, uuid4(), uuid4(), "ada@example.com")
        assert await unsubscribe_link(scope, "https://go.example.com", reader)


async def fill(client: Any) -> None:
    async def made(path: str, **body: Any) -> dict[str, Any]:
        answer = await client.post(f"/api/v2/{path}", json=body)
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    product = await made("product/create", name="Product", customerBenefits=["Answers come within a day"])
    persona = await made("persona/create", name="VP of Sales", painPoints=["Answers take a week to arrive"])
    await made(
        "playbook/create",
        productOId=product["data"]["oId"],
        personaOIds=[persona["data"]["oId"]],
        createTemplates=True,
    )
    await made("playbook/create", productOId=product["data"]["oId"], **{"async": True})
    source = {"type": "TEXT", "value": "Controller\n\nPain points\n- The close takes eleven days"}
    await made("persona/generate", personas=[{"name": "Controller", "sources": [source]}])
    hook = await client.post("/v1/webhooks/endpoints", json={"url": "https://hooks.example/"})
    assert hook.status_code == 200, hook.text
    strategy = {"hypothesis": "They answer", "successMetric": "reply_rate", "successTarget": 5}
    spec = {"name": "P", "mode": "outbound", "buddyId": "prospect", "strategy": strategy}
    program = (await client.post("/v1/playbooks", json=spec)).json()["playbook"]
    run_program = await client.post(f"/v1/playbooks/{program['id']}/run")
    assert run_program.status_code == 201
    await pivot(client, program["id"], run_program.json()["run"]["id"])
    run = await made("agents/sequence/run", jobTitle="VP of Sales")
    assert run["found"]
    assert (await client.get("/api/v2/webhook/secret")).status_code == 200
    file = {"file": ("call.wav", b"RIFF\x24\x00\x00\x00WAVEfmt ")}
    uploaded = await client.post("/v1/files", files=file, headers={"Idempotency-Key": "one"})
    assert uploaded.status_code == 200, uploaded.text
    agents = (await client.get("/api/v2/agents/list")).json()["data"]
    await made(
        "agents/experiment/create",
        name="E",
        agentType="EMAIL",
        runStrategy="RANDOM",
        agentOIds=[agents[0]["oId"]],
    )


async def pivot(client: Any, program_id: str, run_id: str) -> None:
    """An account that has matured, the evidence of it, and a change."""
    path = f"/v1/playbooks/{program_id}"
    touched = {"kind": "touched", "accountId": "acme.example", "at": "2026-01-05"}
    history = {"outcomes": [touched], "xComplete": True}
    assert (await client.post(f"{path}/runs/{run_id}/outcomes", json=history)).status_code == 200
    assert (await client.get(f"{path}/decision")).json()["decision"]["evidence"]["samples"] == 1
    asked = {"changes": "variant", "to": "Shorter"}
    assert (await client.post(f"{path}/pivots", json=asked)).status_code == 201


async def write_to_leads(client: Any, database: Database, workspace_id: UUID) -> None:
    """A list with a row that is no lead, a run that draws from it, a message, its export, and a kill switch."""
    strategy = {"hypothesis": "They answer"}
    spec = {"name": "L", "mode": "outbound", "buddyId": "prospect", "strategy": strategy}
    path = f"/v1/playbooks/{(await client.post('/v1/playbooks', json=spec)).json()['playbook']['id']}"
    rows = b"email,first_name\nlead@example.com,Example\nerased@example.org,Example\nnobody,\n"
    csv = {"content-type": "text/csv"}
    assert (await client.post(f"{path}/leads/import", content=rows, headers=csv)).status_code == 200
    made = await client.post(f"{path}/run", json={"execute": True})
    assert made.status_code == 201, made.text
    assert (await client.put(f"{path}/kill-switch", json={"on": True})).status_code == 200
    async with database.transaction(workspace_id) as scope:
        work = Work(scope, Member(UUID(int=0), "Worker", ""), now())
        program = await get_program(work, path.rpartition("/")[2])
        run_id = parse(made.json()["run"]["id"])
        assert run_id is not None
        lead, erased = (await draw(work, program, run_id, 2)).leads
        messages, export = MessageRepository(scope), Export(uuid4(), run_id, "csv", 1, "u_example", work.at)
        drawn = [NewMessage(one.id, one.account_key, one.request, f"run_{one.id}") for one in (lead, erased)]
        await messages.insert(program.id, run_id, drawn, work.at)
        await ExportRepository(scope).insert(export)
        ids = [one.id for one in await messages.page(run_id, WantedMessages(), 1)]
        dispatches = DispatchRepository(scope)
        await dispatches.give_out(program.id, run_id, ids, work.at, export_id=export.id)
    assert (await client.delete(f"/v1/playbooks/leads/{show('lead', erased.id)}")).status_code == 200


async def tenant_tables(connection: Any) -> list[str]:
    rows = await connection.fetch(
        """select table_name from information_schema.columns
           where column_name = 'workspace_id' and table_schema = 'public' order by 1"""
    )
    return [row["table_name"] for row in rows]


async def test_every_table_with_a_workspace_has_row_level_security(owner: asyncpg.Connection):
    rows = await owner.fetch(
        """select relname, relrowsecurity, relforcerowsecurity from pg_class
           where relname = any($1) and relnamespace = 'public'::regnamespace""",
        await tenant_tables(owner),
    )
    assert len(rows) >= 13
    assert [row["relname"] for row in rows if not row["relrowsecurity"]] == []
    assert {row["relname"] for row in rows if not row["relforcerowsecurity"]} == UNFORCED


async def test_every_policy_also_checks_what_is_written(owner: asyncpg.Connection):
    rows = await owner.fetch(
        "select tablename, qual, with_check, roles::text[] from pg_policies where schemaname = 'public'"
    )
    assert {row["tablename"] for row in rows} == {*await tenant_tables(owner), "workspaces"}
    for row in rows:
        assert "app.workspace" in row["qual"]
        assert row["with_check"] == row["qual"] or row["tablename"] == "workspaces"
        assert row["roles"] == ["public"]


async def test_the_application_s_role_owns_nothing_and_bypasses_nothing(owner: asyncpg.Connection):
    role = await owner.fetchrow(
        "select rolsuper, rolbypassrls, rolcanlogin, rolcreaterole from pg_roles where rolname = $1", APP_ROLE
    )
    assert not any(role.values())
    assert (
        await owner.fetchval("select count(*) from pg_class where pg_get_userbyid(relowner) = $1", APP_ROLE)
        == 0
    )


async def test_without_a_workspace_every_tenant_table_looks_empty(
    owner: asyncpg.Connection, database: Database, two_workspaces: tuple[UUID, UUID]
):
    for table in [*await tenant_tables(owner), "workspaces"]:
        assert await owner.fetchval(f"select count(*) from {table}") > 0, f"nothing to hide in {table}"
        async with database.unbound() as connection:
            assert await connection.fetchval(f"select count(*) from {table}") == 0, table


async def test_a_workspace_sees_its_own_rows_and_no_others(
    owner: asyncpg.Connection, database: Database, two_workspaces: tuple[UUID, UUID]
):
    ours, _ = two_workspaces
    for table in await tenant_tables(owner):
        async with database.bound(ours) as scope:
            seen = await scope.connection.fetch(f"select distinct workspace_id from {table}")
        assert [row["workspace_id"] for row in seen] == [ours], table


async def test_a_connection_that_served_one_workspace_shows_the_next_only_its_own(
    database: Database, two_workspaces: tuple[UUID, UUID]
):
    question = "select distinct workspace_id from entities"
    for _ in range(3):
        for workspace in two_workspaces:
            async with database.bound(workspace) as scope:
                assert [row[0] for row in await scope.connection.fetch(question)] == [workspace]
            async with database.transaction(workspace) as scope:
                assert [row[0] for row in await scope.connection.fetch(question)] == [workspace]
        async with database.unbound() as connection:
            assert await connection.fetch(question) == []


async def test_a_failed_transaction_leaves_no_workspace_behind(
    database: Database, two_workspaces: tuple[UUID, UUID]
):
    ours, theirs = two_workspaces
    with pytest.raises(asyncpg.DivisionByZeroError):
        async with database.transaction(ours) as scope:
            await scope.connection.fetchval("select 1 / 0")
    async with database.bound(theirs) as scope:
        seen = await scope.connection.fetch("select distinct workspace_id from entities")
    assert [row[0] for row in seen] == [theirs]


class CutShort(TenantConnection):
    """A connection whose caller is cancelled when the database has answered and nobody has read it yet."""

    async def execute(self, *question: Any, **options: Any) -> str:
        await super().execute(*question, **options)
        raise asyncio.CancelledError


async def test_a_request_cut_short_while_it_binds_leaves_no_workspace_behind(
    dsn: str, two_workspaces: tuple[UUID, UUID]
):
    connection = await asyncpg.connect(dsn, connection_class=CutShort, server_settings={"role": APP_ROLE})
    for following in (None, two_workspaces[1]):
        with pytest.raises(asyncio.CancelledError):
            await connection.bind(two_workspaces[0])
        with suppress(asyncio.CancelledError):
            await connection.bind(following)
        seen = await connection.fetch("select distinct workspace_id from entities")
        assert [row[0] for row in seen] == ([following] if following else [])
    await connection.close()


async def test_another_workspace_s_rows_can_be_neither_changed_nor_deleted(
    owner: asyncpg.Connection, database: Database, two_workspaces: tuple[UUID, UUID]
):
    ours, theirs = two_workspaces
    for table in await tenant_tables(owner):
        for statement in (
            f"update {table} set workspace_id = workspace_id where workspace_id = $1",
            f"delete from {table} where workspace_id = $1",
        ):
            with suppress(asyncpg.InsufficientPrivilegeError):  # may not even try
                async with database.bound(ours) as scope:
                    assert (await scope.connection.execute(statement, theirs)).endswith(" 0"), table


async def test_no_row_can_be_written_into_or_moved_to_another_workspace(
    owner: asyncpg.Connection, database: Database, two_workspaces: tuple[UUID, UUID]
):
    ours, theirs = two_workspaces
    for table in await tenant_tables(owner):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            async with database.transaction(ours) as scope:
                await scope.connection.execute(f"update {table} set workspace_id = $1", theirs)
    with pytest.raises(asyncpg.InsufficientPrivilegeError, match="row-level security"):
        async with database.bound(ours) as scope:
            await scope.connection.execute("insert into counters values ($1, 'stolen', 0, 1)", theirs)


@pytest.mark.parametrize("statement", [
    "update workspaces set read_only = false",
    "delete from workspaces",
    "update api_keys set role = 'owner'",
    "delete from api_keys",
    "insert into workspaces (id, name, organization_id, organization_name, organization_slug) values (gen_random_uuid(), 'x', gen_random_uuid(), 'x', 'x')",
    "update alembic_version set version_num = '0000'",
    "drop table entities",
    "alter table entities disable row level security",
    "create table stolen (a int)",
])  # fmt: skip
async def test_the_application_s_role_may_not_touch_the_directory_or_the_schema(
    database: Database, two_workspaces: tuple[UUID, UUID], statement: str
):
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with database.bound(two_workspaces[0]) as scope:
            await scope.connection.execute(statement)


async def test_even_the_owner_of_the_tables_sees_nothing_without_a_workspace(
    dsn: str, owner: asyncpg.Connection, two_workspaces: tuple[UUID, UUID]
):
    """On a managed server the owner is no superuser, and forced row-level security binds it."""
    name = f"plain_{uuid4().hex}"
    await owner.execute(f"create role {name} nologin")
    transaction = owner.transaction()
    await transaction.start()
    try:
        await owner.execute(f"alter table entities owner to {name}")
        await owner.execute(f"grant {name} to current_user")
        await owner.execute(f"set local role {name}")
        assert await owner.fetchval("select count(*) from entities") == 0
    finally:
        await transaction.rollback()
        await owner.execute(f"drop role {name}")
