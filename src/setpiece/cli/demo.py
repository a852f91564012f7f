"""demo: the main job end to end, over HTTP, on an example library."""

import asyncio
from pathlib import Path
from typing import Annotated, Any

import httpx
import typer

from setpiece.cli.calls import report_on, upload
from setpiece.cli.client import ask, connect
from setpiece.cli.context import DataDir, installation
from setpiece.cli.demo_program import DemoProgram
from setpiece.cli.evidence import print_evidence
from setpiece.cli.installation import Installation, Running
from setpiece.cli.letters import print_answer
from setpiece.cli.output import AsJson, print_json, wrapped
from setpiece.cli.report import print_markdown, stage_bars
from setpiece.kernel.errors import Invalid, NotFound, SetpieceError

WORKSPACE = "Setpiece demo"
_EXAMPLES = Path(__file__).parents[3] / "examples"
_EXAMPLE = _EXAMPLES / "library.yaml"
_CALL = _EXAMPLES / "calls" / "call-mm.mp3"
_API = "/api/v2"

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
    """Import the example library, create playbooks, write emails, run a program to its pivot, report on a recorded call."""
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
        async with self._installed.running(WORKSPACE, with_worker=True, keep_key=True) as server:
            self._step(f"Serving on {server.base_url}")
            async with connect(server) as client:
                imported = await self._import(client, name, library)
                playbooks = [await self._create_playbook(client, one) for one in PLAYBOOKS]
                sequences = [await self._write(client, one) for one in PROSPECTS]
                program = await DemoProgram(client, self._step, self._say).show()
                report = await self._report(client)
            if self._as_json:
                print_json(
                    {
                        "import": imported,
                        "playbooks": playbooks,
                        "sequences": sequences,
                        "program": program,
                        "report": report,
                    }
                )
            else:
                self._how_to_go_on(server)

    async def _import(self, client: httpx.AsyncClient, name: str, library: bytes) -> dict[str, Any]:
        answer = await ask(client, "POST", f"{_API}/library/import", content=library)
        counts: dict[str, Any] = answer["data"]
        self._step(
            f"Imported {name}: {counts['created']} created, {counts['updated']} updated, "
            f"{counts['unchanged']} unchanged"
        )
        return counts

    async def _create_playbook(self, client: httpx.AsyncClient, playbook: dict[str, Any]) -> dict[str, Any]:
        """Create it over HTTP, in place of one that an earlier demo made."""
        found = await ask(
            client, "GET", f"{_API}/playbook/list", params={"text": playbook["name"], "limit": 100}
        )
        for older in found["data"]:
            await ask(client, "DELETE", f"{_API}/playbook/delete", params={"oId": older["oId"]})
        answer = await ask(
            client, "POST", f"{_API}/playbook/create", json=await _with_competitor(client, playbook)
        )
        personas = ", ".join(persona["name"] for persona in answer["personas"])
        self._step(f"Created playbook '{answer['playbook']['name']}' for: {personas}")
        for persona in answer["personas"][:1]:
            for prop in persona["valueProps"][:2]:
                self._say(wrapped(f"{persona['name']}: {prop['title']}", "    ", "    "))
        return answer

    async def _write(self, client: httpx.AsyncClient, prospect: dict[str, Any]) -> dict[str, Any]:
        who = ", ".join(
            prospect[name] for name in ("firstName", "jobTitle", "companyName") if name in prospect
        )
        self._say("")
        self._step(f"Example prospect: {who}")
        body = {**prospect, "includeFullAnnotation": True}
        answer = await ask(client, "POST", f"{_API}/agents/sequence/run", json=body)
        if not self._as_json:
            print_answer(answer.get("data"), answer["message"])
        return {"prospect": prospect, "answer": answer}

    async def _report(self, client: httpx.AsyncClient) -> dict[str, Any] | None:
        """How to sell to the buyer of the example call; None, and a sentence why, where calls cannot be heard."""
        self._say("")
        self._step(f"Example call: {_CALL.name}, two minutes of synthetic speech")
        try:
            media_id = await upload(client, _CALL, {"label": "Example discovery call"})
            wanted = {
                "media": {"mediaId": media_id},
                "output": {"template": "sales_playbook"},
                "target": {"strategy": "magic_hint", "hint": "the buyer"},
            }
            with stage_bars() as told:
                report = await report_on(client, wanted, told)
        except SetpieceError as problem:
            self._say(wrapped(f"No report: {problem.message}"))
            return None
        evidence = await ask(client, "GET", f"/v1/reports/{report['id']}/evidence")
        if not self._as_json:
            print_markdown(report["markdown"], for_people=True)
            print_evidence(evidence)
        return {"report": report, "evidence": evidence}

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
  A call of your own: .venv/bin/setpiece report CALL.mp3 --target "the buyer"
  Every path, with examples: http://127.0.0.1:8000/docs
  Your own library: edit examples/library.yaml, then
  .venv/bin/setpiece library import FILE --workspace NAME
  Everything is in {self._installed.data_dir}.
""")

    def _step(self, text: str) -> None:
        self._say(typer.style(wrapped(f"==> {text}", hang="    "), fg=typer.colors.CYAN, bold=True))

    def _say(self, text: str) -> None:
        typer.echo(text, err=self._as_json)


async def _with_competitor(client: httpx.AsyncClient, playbook: dict[str, Any]) -> dict[str, Any]:
    """The request with the id of the competitor that it names."""
    body = dict(playbook)
    if name := body.pop("competitor", None):
        found = await ask(client, "GET", f"{_API}/competitor/list", params={"text": name})
        if found["data"]:
            body["competitorOId"] = found["data"][0]["oId"]
    return body
