"""What a run says in `message`: what was missing, what was not done, what to do next."""

from setpiece.agents.identity import IDENTIFYING, Identity
from setpiece.agents.sequence.candidates import Loaded
from setpiece.agents.sequence.writer import Draft
from setpiece.matching.model import Choice


def nobody() -> str:
    return f"Nothing says who this is for: send at least one of {', '.join(IDENTIFYING)}. A job title and a company help most."


def nothing_to_sell(loaded: Loaded, choice: Choice) -> str:
    if not loaded.entities:
        return (
            "The library is empty, so there is nothing to write about: create a product or service "
            "(POST /api/v2/product/create) and a persona, or import a file with 'setpiece library import'."
        )
    reasons = " ".join(one.reason for one in choice.unchosen.values())
    return (
        f"No product or service could be chosen. {reasons or 'Create one with POST /api/v2/product/create.'}"
    )


def message_for(identity: Identity, choice: Choice, draft: Draft, remark: str = "") -> str:
    """What the reader of the answer should know: what was missing, what was not done; `remark` is of how it was chosen."""
    told = [remark] if remark else []
    if identity.missing:
        told.append(f"Not known: {', '.join(identity.missing)}.")
    told += [
        unchosen.reason for kind, unchosen in choice.unchosen.items() if kind.value in ("playbook", "persona")
    ]
    told += draft.notes
    count = len(draft.emails)
    return " ".join(
        [f"{count} email{'' if count == 1 else 's'} written." if count else "Nothing was written.", *told]
    )
