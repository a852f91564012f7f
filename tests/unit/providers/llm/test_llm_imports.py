"""A process that asks no language model pays for none."""

import os
import subprocess
import sys

import pytest

CLIENTS = ("openai", "anthropic", "httpx2")
LOOK = f"""
import sys
import setpiece.bootstrap.bulk, setpiece.bootstrap.serving, setpiece.bootstrap.working
from setpiece.bootstrap.outside import open_tools
from setpiece.bootstrap.settings import Settings
tools = open_tools(Settings())
print(tools.language_model is not None, [name for name in {CLIENTS} if name in sys.modules])
"""


def loaded(after: str = "", **environment: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", LOOK + after],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | environment,
    )
    return done.stdout.strip()


@pytest.mark.parametrize("provider", ["openai", "anthropic"])
def test_no_client_is_imported_before_it_is_needed(provider: str):
    told = {"SETPIECE_LLM_PROVIDER": provider, "SETPIECE_LLM_MODEL": "m", "SETPIECE_LLM_API_KEY": "k"}
    assert loaded() == "False []"
    assert loaded(**told) == "True []"


def test_the_look_would_see_a_client():
    assert "openai" in loaded("import openai; print([name for name in sys.modules if name == 'openai'])")
