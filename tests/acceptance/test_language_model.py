"""The language model as an operator sets it up: environment variables, doctor, commands."""

import asyncio
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from product import command

from model_example import honest_over_http
from model_server import KEY, ModelServer, Say, Status, serving

LIBRARY = Path(__file__).parents[2] / "examples" / "library.yaml"
PERSON = ("--job-title", "Head of RevOps", "--company-name", "Example Corp", "--json")


@contextmanager
def model_server(*steps: Any) -> Iterator[ModelServer]:
    """A model's server in a thread of its own, for commands that are waited for."""
    ready, over = threading.Event(), asyncio.Event()
    found: list[tuple[ModelServer, asyncio.AbstractEventLoop]] = []

    async def serve() -> None:
        async with serving(*steps) as server:
            found.append((server, asyncio.get_running_loop()))
            ready.set()
            await over.wait()

    thread = threading.Thread(target=asyncio.run, args=(serve(),))
    thread.start()
    ready.wait(10)
    server, loop = found[0]
    try:
        yield server
    finally:
        loop.call_soon_threadsafe(over.set)
        thread.join()


def environment(server: ModelServer, provider: str = "openai", **more: str) -> dict[str, str]:
    return {
        "SETPIECE_LLM_PROVIDER": provider,
        "SETPIECE_LLM_BASE_URL": f"{server.origin}/v1",
        "SETPIECE_LLM_API_KEY": KEY,
        "SETPIECE_LLM_MODEL": "example-model",
        "SETPIECE_LLM_RETRIES": "0",
        "NO_PROXY": "127.0.0.1",
    } | more


def answer_ready(asked: dict[str, Any]) -> Say:
    assert "connection" in json.dumps(asked)
    return Say({"word": "ready"})


@pytest.mark.parametrize("provider", ["openai", "anthropic"])
def test_doctor_says_whether_the_model_answers(shared_data_dir: Path, provider: str):
    with model_server(answer_ready, Status(401)) as server:
        well = command(shared_data_dir, "doctor", **environment(server, provider))
        badly = command(shared_data_dir, "doctor", **environment(server, provider))
    assert well.returncode == 0, well.stdout + well.stderr
    assert f"{provider}, example-model answers" in well.stdout
    assert badly.returncode == 7
    assert "SETPIECE_LLM_API_KEY" in " ".join(badly.stdout.split())
    assert KEY not in well.stdout + well.stderr + badly.stdout + badly.stderr


@pytest.fixture(scope="module")
def acme(shared_data_dir: Path) -> Path:
    imported = command(shared_data_dir, "library", "import", str(LIBRARY), "--workspace", "acme")
    assert imported.returncode == 0, imported.stderr
    return shared_data_dir


def test_sequence_run_writes_with_the_model(acme: Path):
    with model_server(honest_over_http) as server:
        done = command(
            acme, "sequence", "run", "--workspace", "acme", *PERSON, **environment(server, "anthropic")
        )
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert answer["data"]["annotations"]["metadata"]["languageModel"]["used"] is True, answer["message"]
    assert len(server.received) == 1


WRONG = {
    "no model": ({"SETPIECE_LLM_MODEL": ""}, "SETPIECE_LLM_MODEL"),
    "no key for the vendor": (
        {"SETPIECE_LLM_BASE_URL": "", "SETPIECE_LLM_API_KEY": ""},
        "SETPIECE_LLM_API_KEY",
    ),
    "no address": ({"SETPIECE_LLM_BASE_URL": "localhost:11434"}, "SETPIECE_LLM_BASE_URL"),
    "a password in the address": (
        {"SETPIECE_LLM_BASE_URL": "http://me:secret@127.0.0.1:9/v1"},
        "must hold no password",
    ),
    "another provider": ({"SETPIECE_LLM_PROVIDER": "other"}, "SETPIECE_LLM_PROVIDER"),
}


@pytest.mark.parametrize(("change", "named"), WRONG.values(), ids=WRONG.keys())
def test_settings_that_do_not_fit_are_named(shared_data_dir: Path, change: dict[str, str], named: str):
    told = {
        "SETPIECE_LLM_PROVIDER": "openai",
        "SETPIECE_LLM_BASE_URL": "http://127.0.0.1:9/v1",
        "SETPIECE_LLM_API_KEY": KEY,
        "SETPIECE_LLM_MODEL": "example-model",
    }
    done = command(shared_data_dir, "sequence", "run", "--workspace", "acme", *PERSON, **(told | change))
    assert done.returncode == 2
    assert named in done.stderr
    assert KEY not in done.stderr


def test_sequence_bulk_writes_with_the_model_in_every_process(acme: Path, tmp_path: Path):
    leads, results = tmp_path / "leads.csv", tmp_path / "results.csv"
    leads.write_text("email,jobTitle\na@example.com,Head of RevOps\nb@example.com,Founder\n")
    with model_server(honest_over_http) as server:
        done = command(
            acme, "sequence", "bulk", str(leads), "--workspace", "acme", "--out", str(results),
            **environment(server),
        )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert len(server.received) == 2
