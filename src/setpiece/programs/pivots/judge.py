"""A language model looks at a pivot that the rule allows: it may veto, or choose among what is prepared. It cannot force one.

Texts of the program go to it as data. An answer that cannot be used is no veto and no consent: the program waits.
"""

import json
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from setpiece.kernel.errors import Unavailable
from setpiece.programs.outcomes.deciding import Assessment
from setpiece.programs.outcomes.evidence_record import evidence_record
from setpiece.programs.pivots.service import Advice
from setpiece.programs.spec.alternatives import patch_of
from setpiece.programs.spec.document import show_spec
from setpiece.programs.spec.model import Alternative
from setpiece.providers.llm.configured import ConfiguredModel
from setpiece.providers.llm.port import Message, Prompt, Schema
from setpiece.providers.llm.shapes import TEXT, closed_object

VERSION = "judge_v1"
_PIVOT, _VETO = "pivot", "veto"
_SHAPE: Schema = closed_object(
    verdict={"type": "string", "enum": [_PIVOT, _VETO]}, alternative={"type": "integer"}, reason=TEXT
)
_LONGEST_REASON = 1000  # of a text that was asked to have two sentences


async def ask_judge(
    llm: ConfiguredModel | None, found: Assessment, alternatives: Sequence[Alternative]
) -> Advice:
    """What the judge that the program names says.

    Raises:
        Unavailable: it cannot be asked, or its answer cannot be used.
        LimitExceeded, Invalid: the vendor refuses.
    """
    named = found.program.spec.adaptation.judge_model or ""
    if llm is None or not llm.allows(named):
        raise Unavailable(
            f"The judge '{named[:100]}' is no language model of this installation.", code="no_judge"
        )
    answer = await llm.model.complete(prompt_for(found, alternatives), _SHAPE, model=named)
    verdict, place = answer.output["verdict"], answer.output["alternative"]
    if verdict == _PIVOT and not 0 <= place < len(alternatives):
        raise Unavailable("The judge chose a change that was not prepared.", code="llm_answer_invalid")
    return Advice(
        by=f"judge:{named}",
        reason=str(answer.output["reason"])[:_LONGEST_REASON],
        epoch=found.standing.epoch,
        samples=found.standing.samples,
        chosen=alternatives[place] if verdict == _PIVOT else None,
    )


def prompt_for(found: Assessment, alternatives: Sequence[Alternative]) -> Prompt:
    """The rules, and what the judge may know: no person and no account is named."""
    material = {
        "strategy": show_spec(found.program.spec)["strategy"],
        "decision": found.sentence,
        "evidence": evidence_record(found),
        "outcomes": dict(found.standing.kinds),
        "alternatives": [
            {"number": number, "name": one.name, "changes": one.changes, "update": patch_of(one)}
            for number, one in enumerate(alternatives)
        ],
    }
    text = json.dumps(material, ensure_ascii=False, separators=(",", ":"))
    return Prompt(_rules(), (Message("user", text),))


@cache
def _rules() -> str:
    return files(__package__).joinpath("prompts", f"{VERSION}.md").read_text(encoding="utf-8")
