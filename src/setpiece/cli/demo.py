"""demo: the main job end to end, over HTTP, on an example library."""

import asyncio
from pathlib import Path
from typing import Annotated, Any

import httpx
import typer

from setpiece.cli.context import DataDir, installation
from setpiece.cli.installation import Installation, Running
from setpiece.cli.letters import print_answer
from setpiece.cli.output import printable
from setpiece.kernel.errors import NotFound, Unavailable

WORKSPACE = "Setpiece demo"
_EXAMPLE = Path(__file__).parents[3] / "examples" / "library.yaml"

# Example persons: nobody of these names and companies is meant.
PROSPECTS: tuple[dict[str, Any], ...] = (
    {
        "firstName": "Dana",
        "jobTitle": "Head of Revenue Operations",
        "companyName": "Example Corp",
        "companyDomain": "example.com",
        "runtimeContext": {"all": "They are hiring three SDRs."},
    },
    {"firstName": "Robin", "jobTitle": "CISO", "companyName": "Example Bank", "companyDomain": "example.org"},
    {
        "jobTitle": "Founder & CEO",
        "companyName": "Example Labs",
        "runtimeInstructions": {"all": "under 70 words"},
    },
)
PLAYBOOKS: tuple[dict[str, Any], ...] = (
    {
        "name": "First outbound without a vendor",
        "description": "For founders who write their own outbound",
        "keyInsight": "The first sales hire inherits whatever the founder wrote down",
        "context": "Founders and CEOs who sell themselves",
        "createTemplates": True,
        "additionalContextSources": [
            {
                "type": "TEXT",
                "value": "Founders who write their own outbound rarely write down why a message worked.",
            }
        ],
    },
    {
        "name": "One library for every client",
        "description": "For agencies that write outbound for several clients",
        "keyInsight": "A claim that was approved once should not be approved again for every client",
        "context": "Agency owners and lead generation agencies with many clients",
        "competitor": "Hosted GTM playbook platforms",
        "createTemplates": True,
    },
)


def demo(
    context: typer.Context,
    library: Annotated[Path, typer.Option(help="The library file to import.")] = _EXAMPLE,
    data_dir: DataDir = None,
) -> None:
    """Import the example library, create a playbook over HTTP, write emails for three people."""
    if not library.exists():
        raise NotFound(f"There is no library file at {library}; name one with --library.")
    asyncio.run(_demo(installation(context, data_dir), library))


async def _demo(installed: Installation, library: Path) -> None:
    _step(f"Starting the embedded database in {installed.data_dir}")
    async with installed.running(WORKSPACE) as server:
        _step(f"Serving on {server.base_url}")
        async with httpx.AsyncClient(
            base_url=server.base_url, headers={"api_key": server.key}, timeout=60, trust_env=False
        ) as client:
            await _import(client, library)
            for playbook in PLAYBOOKS:
                await _create_playbook(client, playbook)
            for prospect in PROSPECTS:
                await _write(client, prospect)
        _how_to_go_on(server, installed)


async def _import(client: httpx.AsyncClient, library: Path) -> None:
    answer = await _ask(client, "POST", "library/import", content=await asyncio.to_thread(library.read_bytes))
    counts = answer["data"]
    _step(
        f"Imported {library.name}: {counts['created']} created, {counts['updated']} updated, "
        f"{counts['unchanged']} unchanged"
    )


async def _create_playbook(client: httpx.AsyncClient, playbook: dict[str, Any]) -> None:
    """Create it over HTTP, in place of one that an earlier demo made."""
    found = await _ask(client, "GET", "playbook/list", params={"text": playbook["name"], "limit": 100})
    for older in found["data"]:
        await _ask(client, "DELETE", "playbook/delete", params={"oId": older["oId"]})
    answer = await _ask(client, "POST", "playbook/create", json=await _with_competitor(client, playbook))
    personas = ", ".join(persona["name"] for persona in answer["personas"])
    _step(f"Created playbook '{answer['playbook']['name']}' for: {personas}")
    for persona in answer["personas"][:1]:
        for prop in persona["valueProps"][:2]:
            typer.echo(printable(f"    {persona['name']}: {prop['title']}"))


async def _with_competitor(client: httpx.AsyncClient, playbook: dict[str, Any]) -> dict[str, Any]:
    """The request with the id of the competitor that it names."""
    body = dict(playbook)
    if name := body.pop("competitor", None):
        found = await _ask(client, "GET", "competitor/list", params={"text": name})
        if found["data"]:
            body["competitorOId"] = found["data"][0]["oId"]
    return body


async def _write(client: httpx.AsyncClient, prospect: dict[str, Any]) -> None:
    who = ", ".join(prospect[name] for name in ("firstName", "jobTitle", "companyName") if name in prospect)
    typer.echo()
    _step(f"Example prospect: {who}")
    answer = await _ask(
        client, "POST", "agents/sequence/run", json={**prospect, "includeFullAnnotation": True}
    )
    print_answer(answer.get("data"), answer["message"])


def _how_to_go_on(server: Running, installed: Installation) -> None:
    typer.echo()
    _step("How to go on")
    typer.echo(f"""
  make serve
  curl -s -H 'api_key: {server.key}' -H 'Content-Type: application/json' \\
       -d '{{"jobTitle": "VP Sales", "companyName": "Example Corp"}}' \\
       http://127.0.0.1:8000/api/v2/agents/sequence/run

  The key above is for the workspace '{server.workspace}'; 'setpiece keys create' makes
  another. Every path, with examples: http://127.0.0.1:8000/docs
  Your own library: edit examples/library.yaml, then
  .venv/bin/setpiece library import FILE --workspace NAME
  Everything is in {installed.data_dir}.
""")


def _step(text: str) -> None:
    typer.echo(typer.style(f"==> {printable(text)}", fg=typer.colors.CYAN, bold=True))


async def _ask(client: httpx.AsyncClient, method: str, path: str, **options: Any) -> dict[str, Any]:
    answer = await client.request(method, f"/api/v2/{path}", **options)
    content: dict[str, Any] = answer.json()
    if answer.is_error:
        raise Unavailable(f"{path} answered {answer.status_code}: {content.get('message')}")
    return content
