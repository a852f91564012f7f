"""From what a model replied to an object of the shape that was asked for."""

import json
import re
from collections.abc import Mapping
from typing import Any

from jsonschema import Draft202012Validator

from setpiece.kernel.errors import Unavailable
from setpiece.providers.llm.port import Schema
from setpiece.providers.llm.vendor import Ending, Failed, Reply

_FENCE = re.compile(r"\s*```(?:json)?\s*\n(.*?)\n?\s*```\s*", re.DOTALL | re.IGNORECASE)
"""Servers that only promise JSON often wrap it in a code fence."""


def read_answer(reply: Reply, schema: Schema) -> Mapping[str, Any]:
    """The object in the reply.

    Raises:
        Failed: it refused, was cut off, said nothing, or what it said is not JSON of that shape. All but a refusal are worth
            another attempt: the next sample may be better.
    """
    if reply.ending is Ending.REFUSED:
        raise Failed(Unavailable("The language model refused to answer.", code="llm_refused"), again=False)
    if reply.ending is Ending.CUT:
        raise _unusable(
            "was cut off at the most tokens it may write; raise SETPIECE_LLM_MAX_OUTPUT_TOKENS",
            "llm_answer_cut",
        )
    if not reply.text.strip():
        raise _unusable("was empty", "llm_answer_empty")
    fenced = _FENCE.fullmatch(reply.text)
    try:
        found = json.loads(fenced[1] if fenced else reply.text)
    except (ValueError, RecursionError) as problem:
        raise _unusable("is not JSON", "llm_answer_invalid") from problem
    _check_shape(found, schema)
    assert isinstance(found, dict)
    return found


def _check_shape(found: Any, schema: Schema) -> None:

    problem = next(Draft202012Validator(dict(schema)).iter_errors(found), None)
    if problem is not None:
        place = "/".join(str(part) for part in problem.absolute_path) or "the whole"
        raise _unusable(f"has another shape than asked for, at {place[:80]}", "llm_answer_invalid")
    if not isinstance(found, dict):
        raise _unusable("is not a JSON object", "llm_answer_invalid")


def _unusable(what: str, code: str) -> Failed:
    return Failed(Unavailable(f"The answer of the language model {what}.", code=code), again=True)
