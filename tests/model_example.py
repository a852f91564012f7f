"""Language models of our own: an honest one that writes what its facts say, and ways to spoil its answer.

They read the material as a real one would, so no answer is written down in a test.
"""

import json
from collections.abc import Callable
from typing import Any

from model_server import Say
from setpiece.providers.llm.vendor import Ask

ASKS = (
    "Worth a closer look?",
    "Shall I share the details?",
    "Would an example be of use?",
    "Is this something you are working on?",
    "Shall I send you more?",
    "Is it worth a reply?",
    "Who is the right person for this?",
)
Answer = dict[str, Any]


def material(ask: Ask) -> Answer:
    """What was asked, as the model reads it."""
    found: Answer = json.loads(ask.prompt.messages[0].text)
    return found


def honest(ask: Ask) -> Answer:
    """Each fact as a sentence of its own, with its id."""
    return _answer(material(ask))


def honest_over_http(asked: Answer) -> Say:
    """The same, for a server of either vendor's protocol."""
    first = next(message for message in asked["messages"] if message["role"] == "user")
    return Say(_answer(json.loads(first["content"])))


def _answer(told: Answer) -> Answer:
    return {"emails": [_email(one) for one in told["emails"]]}


_ROOM = 20  # words of greeting and ask


def _email(planned: Answer) -> Answer:
    facts = [fact for fact in planned["facts"] if fact["place"] != "ask"]
    sentences = [{"section": fact["place"], "text": _sentence(fact), "facts": [fact["id"]]} for fact in facts]
    while sum(len(one["text"].split()) for one in sentences) > planned["words"][1] - _ROOM:
        sentences.pop()
    last = [one for one in sentences if one["section"] == "ps"]
    ask = {"section": "cta", "text": ASKS[planned["step"] - 1], "facts": []}
    named = next(fact for fact in facts if fact["role"] != "context")
    subject = " ".join(named["text"].split()[:4]).rstrip(".,")
    return {
        "step": planned["step"],
        "subject": subject[:1].upper() + subject[1:],
        "subject_facts": [named["id"]],
        "sentences": [one for one in sentences if one["section"] != "ps"] + [ask] + last,
    }


def _sentence(fact: Answer) -> str:
    text = fact["text"].rstrip(".")
    if fact["role"] == "context" and not text.startswith("They"):
        return f"You {text[:1].lower()}{text[1:]}."
    return f"Here is how: {text[:1].lower()}{text[1:]}."


def spoiled(change: Callable[[Answer], None]) -> Callable[[Ask], Answer]:
    """The honest answer with one thing changed in its first email."""

    def answer(ask: Ask) -> Answer:
        found = honest(ask)
        change(found["emails"][0])
        return found

    return answer


def also_says(text: str, *, citing: str = "", section: str = "body") -> Callable[[Ask], Answer]:
    """The honest answer with one more sentence, citing the fact whose text holds `citing`."""

    def answer(ask: Ask) -> Answer:
        found = honest(ask)
        for planned, email in zip(material(ask)["emails"], found["emails"], strict=True):
            ids = [fact["id"] for fact in planned["facts"] if citing and citing in fact["text"]]
            if ids or not citing:
                email["sentences"].insert(1, {"section": section, "text": text, "facts": ids})
                return found
        raise AssertionError(f"no fact holds '{citing}'")

    return answer
