"""Adding a kind is one file and one line: done to a copy of the package, and served by it."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import setpiece

FILE = '''"""Partner: a company that sells it with us."""

from setpiece.library.kind import Kind, text, texts

PARTNER = Kind(
    name="channel-partner",
    collection="channelPartners",
    prefix="cn",
    title="ChannelPartner",
    about="A company that sells it with us",
    fields=(texts("whatTheyBring", "What they add", "Local support"), text("region", "Where", "DACH")),
)
'''

CALLS = [
    ["POST", "channel-partner/create", {"name": "Example Partner", "whatTheyBring": ["Local support"]}],
    ["GET", "channel-partner/get?oId={oId}", None],
    ["GET", "channel-partner/list?text=partner", None],
    ["PUT", "channel-partner/update", {"oId": "{oId}", "region": "DACH"}],
    ["DELETE", "channel-partner/delete?oId={oId}", None],
    ["GET", "channel-partner/list", None],
    ["GET", "revision/list?entityTypes=ChannelPartner", None],
]

DRIVER = """
import asyncio, json, sys
import httpx
from setpiece.api.app import create_app
from setpiece.bootstrap.settings import Settings
from setpiece.bootstrap.wiring import open_services

async def drive(dsn, key, calls):
    async with open_services(Settings(), dsn) as services:
        transport = httpx.ASGITransport(create_app(services))
        async with httpx.AsyncClient(
            transport=transport, base_url="http://setpiece.test", headers={"api_key": key}
        ) as client:
            answers, oid = [], ""
            for method, path, body in calls:
                if body and "oId" in body:
                    body["oId"] = oid
                answer = await client.request(method, "/api/v2/" + path.format(oId=oid), json=body)
                answers.append(answer.json())
                oid = oid or answers[0]["data"]["oId"]
            return {"answers": answers, "openapi": (await client.get("/openapi.json")).json()}

print(json.dumps(asyncio.run(drive(*json.load(sys.stdin)))))
"""


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A copy of the package with one more file, and one more line in the catalog (and its import)."""
    package = tmp_path / "setpiece"
    shutil.copytree(
        Path(setpiece.__file__).parent, package, ignore=shutil.ignore_patterns("__pycache__", "*.pyc")
    )
    (package / "library" / "channel_partner.py").write_text(FILE)
    catalog = package / "library" / "catalog.py"
    told = catalog.read_text().replace(
        "KINDS: tuple[Kind, ...] = (\n",
        "from setpiece.library.channel_partner import PARTNER\nKINDS: tuple[Kind, ...] = (\n    PARTNER,\n",
    )
    catalog.write_text(told)
    return tmp_path


@pytest.fixture
def driven(copied: Path, dsn: str, tenant: Any) -> dict[str, Any]:
    """The answers to `CALLS`, and the OpenAPI document, of a process that runs the copy."""
    done = subprocess.run(
        [sys.executable, "-c", DRIVER],
        input=json.dumps([dsn, tenant.secret, CALLS]),
        env=os.environ | {"PYTHONPATH": str(copied), "SETPIECE_LOG_LEVEL": "error"},
        cwd=copied,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def test_a_new_kind_is_served_revised_and_documented_without_another_change(driven: dict[str, Any]):
    created, got, listed, updated, deleted, left, revisions = driven["answers"]
    assert created["data"]["oId"].startswith("cn_")
    assert created["data"]["data"] == {
        "whatTheyBring": ["Local support"],
        "region": None,
        "customFields": [],
    }
    assert {name: got[name] for name in created["data"]} == created["data"]
    assert listed["data"] == [created["data"]]
    assert updated["data"]["data"]["region"] == "DACH"
    assert deleted["deletedAt"] is not None
    assert left["total"] == 0
    assert [one["summary"] for one in revisions["data"]["revisions"]] == [
        "Deleted ChannelPartner 'Example Partner'",
        "Updated ChannelPartner 'Example Partner': region",
        "Created ChannelPartner 'Example Partner'",
    ]
    document = driven["openapi"]
    assert {
        f"/api/v2/channel-partner/{verb}" for verb in ("create", "get", "list", "update", "delete")
    } <= set(document["paths"])
    fields = document["components"]["schemas"]["ChannelPartnerCreate"]["properties"]
    assert {"whatTheyBring", "region", "linkingStrategy", "customFields"} <= set(fields)
