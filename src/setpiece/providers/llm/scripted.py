"""The fake: a vendor whose replies are written beforehand, under the same patience as a real one."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from setpiece.providers.llm.options import LlmOptions
from setpiece.providers.llm.patient import PatientModel
from setpiece.providers.llm.vendor import Ask, Failed, Reply

Line = Mapping[str, Any] | Reply | Failed | Callable[[Ask], "Mapping[str, Any] | Reply"]
"""An object to answer with, a reply as it is, a failure, or a function of what is asked."""


class ScriptedVendor:
    """Gives its lines one after the other, the last one for ever; `asked` keeps what it was asked."""

    def __init__(self, *lines: Line) -> None:
        assert lines
        self._lines = list(lines)
        self.asked: list[Ask] = []

    async def ask(self, ask: Ask) -> Reply:
        self.asked.append(ask)
        line: Any = self._lines.pop(0) if len(self._lines) > 1 else self._lines[0]
        if callable(line):
            line = line(ask)
        if isinstance(line, Failed):
            raise line
        if isinstance(line, Reply):
            return line
        text = json.dumps(line)
        words = sum(len(message.text.split()) for message in ask.prompt.messages)
        return Reply(text, ask.model, input_tokens=words, output_tokens=len(text.split()))

    async def aclose(self) -> None:
        """Nothing is open."""


def scripted_model(vendor: ScriptedVendor, **options: Any) -> PatientModel:
    """A model that answers as `vendor` does, and never waits between attempts."""

    async def no_wait(_: float) -> None:
        return None

    chosen = LlmOptions(**{"provider": "scripted", "model": "scripted-1"} | options)
    return PatientModel(vendor, chosen, sleep=no_wait)
