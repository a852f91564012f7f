"""demo: the main job end to end, over HTTP, on an example library."""

import asyncio
import textwrap
from pathlib import Path
from typing import Annotated, Any

import httpx
import typer

from setpiece.cli.context import DataDir, installation
from setpiece.cli.installation import Installation, Running
from setpiece.cli.letters import print_answer
from setpiece.cli.output import AsJson, print_json, printable
from setpiece.kernel.errors import Invalid, NotFound, Unavailable

WORKSPACE = "Setpiece demo"
_WIDTH = 78
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
    as_json: bool = AsJson,
) -> None:
    """Import the example library, create playbooks over HTTP, write emails for three people."""
    content = _read(library)
    asyncio.run(_Demo(installation(context, data_dir), as_json=as_json).show(library.name, content))


def _read(library: Path) -> bytes:
    if not library.exists():
        raise NotFound(f"There is no library file at {library}; name one with --library.")
    try:
        return library.read_bytes()
    except OSError as refused:
        raise Invalid(f"{library} cannot be read: {refused.strerror}.") from refused


class _Demo:
    """One run of the demo; with `as_json` it tells its steps on standard error and prints all answers at the end."""

    def __init__(self, installed: Installation, *, as_json: bool) -> None:
        self._installed = installed
        self._as_json = as_json

    async def show(self, name: str, library: bytes) -> None:
        self._step(f"Starting the embedded database in {self._installed.data_dir}")
        async with self._installed.running(WORKSPACE) as server:
            self._step(f"Serving on {server.base_url}")
            async with httpx.AsyncClient(
                base_url=server.base_url, headers={"api_key": server.key}, timeout=60, trust_env=False
            ) as client:
                imported = await self._import(client, name, library)
                playbooks = [await self._create_playbook(client, one) for one in PLAYBOOKS]
                sequences = [await self._write(client, one) for one in PROSPECTS]
            if self._as_json:
                print_json({"import": imported, "playbooks": playbooks, "sequences": sequences})
            else:
                self._how_to_go_on(server)

    async def _import(self, client: httpx.AsyncClient, name: str, library: bytes) -> dict[str, Any]:
        answer = await _ask(client, "POST", "library/import", content=library)
        counts: dict[str, Any] = answer["data"]
        self._step(
            f"Imported {name}: {counts['created']} created, {counts['updated']} updated, "
            f"{counts['unchanged']} unchanged"
        )
        return counts

    async def _create_playbook(self, client: httpx.AsyncClient, playbook: dict[str, Any]) -> dict[str, Any]:
        """Create it over HTTP, in place of one that an earlier demo made."""
        found = await _ask(client, "GET", "playbook/list", params={"text": playbook["name"], "limit": 100})
        for older in found["data"]:
            await _ask(client, "DELETE", "playbook/delete", params={"oId": older["oId"]})
        answer = await _ask(client, "POST", "playbook/create", json=await _with_competitor(client, playbook))
        personas = ", ".join(persona["name"] for persona in answer["personas"])
        self._step(f"Created playbook '{answer['playbook']['name']}' for: {personas}")
        for persona in answer["personas"][:1]:
            for prop in persona["valueProps"][:2]:
                self._say(_wrapped(f"{persona['name']}: {prop['title']}", "    "))
        return answer

    async def _write(self, client: httpx.AsyncClient, prospect: dict[str, Any]) -> dict[str, Any]:
        who = ", ".join(
            prospect[name] for name in ("firstName", "jobTitle", "companyName") if name in prospect
        )
        self._say("")
        self._step(f"Example prospect: {who}")
        body = {**prospect, "includeFullAnnotation": True}
        answer = await _ask(client, "POST", "agents/sequence/run", json=body)
        if not self._as_json:
            print_answer(answer.get("data"), answer["message"])
        return {"prospect": prospect, "answer": answer}

    def _how_to_go_on(self, server: Running) -> None:
        self._say("")
        self._step("How to go on")
        self._say(f"""
  make serve
  curl -s http://127.0.0.1:8000/api/v2/agents/sequence/run \\
       -H 'api_key: {server.key}' \\
       -H 'Content-Type: application/json' \\
       -d '{{"jobTitle": "VP Sales", "companyName": "Example Corp"}}'

  The key above is for the workspace '{server.workspace}'; this makes another:
  .venv/bin/setpiece keys create --workspace NAME --role owner
  Every path, with examples: http://127.0.0.1:8000/docs
  Your own library: edit examples/library.yaml, then
  .venv/bin/setpiece library import FILE --workspace NAME
  Everything is in {self._installed.data_dir}.
""")

    def _step(self, text: str) -> None:
        self._say(typer.style(_wrapped(f"==> {printable(text)}"), fg=typer.colors.CYAN, bold=True))

    def _say(self, text: str) -> None:
        typer.echo(text, err=self._as_json)


async def _with_competitor(client: httpx.AsyncClient, playbook: dict[str, Any]) -> dict[str, Any]:
    """The request with the id of the competitor that it names."""
    body = dict(playbook)
    if name := body.pop("competitor", None):
        found = await _ask(client, "GET", "competitor/list", params={"text": name})
        if found["data"]:
            body["competitorOId"] = found["data"][0]["oId"]
    return body


def _wrapped(text: str, indent: str = "") -> str:
    """Within 78 columns; a path is never broken, because it is there to be copied."""
    return textwrap.fill(
        printable(text), _WIDTH, initial_indent=indent, subsequent_indent=f"{indent}    ",
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip


async def _ask(client: httpx.AsyncClient, method: str, path: str, **options: Any) -> dict[str, Any]:
    answer = await client.request(method, f"/api/v2/{path}", **options)
    content: dict[str, Any] = answer.json()
    if answer.is_client_error:
        raise Invalid(f"{path} answered {answer.status_code}: {content.get('message')}")
    if answer.is_error:
        raise Unavailable(f"{path} answered {answer.status_code}: {content.get('message')}")
    return content
