"""Language models of our own for reports: an honest one that says what its points say, and ways to spoil its answer.

They read the material as a real one would, so no answer is written down in a test.
"""

import json
from collections.abc import Callable
from typing import Any

from model_server import Say
from setpiece.providers.llm.vendor import Ask

Answer = dict[str, Any]


def material(ask: Ask) -> Answer:
    found: Answer = json.loads(ask.prompt.messages[0].text)
    return found


def honest(ask: Ask) -> Answer:
    """Each point in a sentence of its own: the words that were said, and when."""
    return _answer(material(ask))


def honest_over_http(asked: Answer) -> Say:
    first = next(message for message in asked["messages"] if message["role"] == "user")
    return Say(_answer(json.loads(first["content"])))


def _answer(told: Answer) -> Answer:
    return {"sections": [_section(one) for one in told["sections"]]}


def _section(planned: Answer) -> Answer:
    points = planned["points"][:4]
    return {"key": planned["key"], "statements": [_statement(one, planned) for one in points]}


def _statement(point: Answer, planned: Answer) -> Answer:
    has_title = planned["kind"] != "paragraph"
    title, _, rest = point["plainly"].partition(". ") if planned["kind"] == "actions" else ("", "", "")
    text = rest or point["plainly"]
    if planned["kind"] == "traits":
        title = f"shows at {point['said'][0]['at']}"
    return {"title": title if has_title else "", "text": text, "points": [point["id"]]}


def also_says(text: str, *, citing: str = "") -> Callable[[Ask], Answer]:
    """The honest answer in which the statement on the point whose words hold `citing` says this."""

    def answer(ask: Ask) -> Answer:
        found = honest(ask)
        for planned, section in zip(material(ask)["sections"], found["sections"], strict=True):
            for point, said in zip(planned["points"], section["statements"], strict=False):
                if citing in json.dumps(point, ensure_ascii=False):
                    said["text"] = text
                    return found
        raise AssertionError(f"no point holds '{citing}'")

    return answer
