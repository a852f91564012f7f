"""What is sent to and answered by `…/outcomes`, as the OpenAPI document has it."""

from setpiece.api.gtm.answers import BOOLEAN, INSTANT, INTEGER, Schema, array, obj, string
from setpiece.api.programs.shapes import WARNINGS
from setpiece.programs.outcomes.model import REPORTABLE, OutcomeKind
from setpiece.programs.outcomes.reading import LONGEST_ID

MOST_EVENTS = 5_000
"""In one request: to read them keeps the other requests of a process waiting for some 50 ms."""
_ID = string("evt_1")
EVENT: Schema = obj(
    "kind",
    kind=string("positive_reply", enum=[*REPORTABLE]),
    leadId=string("lead_17", description="This, `accountId` or `email` says whom it is about"),
    accountId=string("acme.example", description="An id of the company, or its domain"),
    email=string("ada@acme.example"),
    at=INSTANT | {"description": "When it happened; now when it is left out"},
    sourceEventId=_ID
    | {"description": "The same again, in the same run, changes nothing", "maxLength": LONGEST_ID},
    firstTouchAt=INSTANT
    | {"description": "When the lead was first contacted; a `touched` event says it with `at`"},
    value={"type": "number", "description": "Money of a deal, or what a custom metric measures"},
    variant=string("short", description="Which variant of the message the lead got"),
)
CORRECTION: Schema = obj(
    "corrects kind",
    corrects=_ID | {"description": "`sourceEventId` of the outcome that was something else, or nothing"},
    kind=string(
        "negative_reply",
        enum=[*OutcomeKind],
        description="What it was; `retracted`: a mistake altogether. A touch can only be retracted, until its account is counted",
    ),
    value={"type": "number"},
    sourceEventId=_ID | {"maxLength": LONGEST_ID},
    email=string("ada@acme.example", description="Who is never contacted again, where the kind says so"),
)
BATCH: Schema = obj(
    "outcomes",
    outcomes=array({"anyOf": [EVENT, CORRECTION]}) | {"maxItems": MOST_EVENTS},
    xComplete=BOOLEAN
    | {
        "description": "History is brought in, and everything that followed these touches is reported: they mature by their own date. "
        "Otherwise a touch that is reported late matures as if it were a day old."
    },
)
EXAMPLE = {
    "kind": "positive_reply",
    "email": "ada@acme.example",
    "firstTouchAt": "2026-01-05T09:00:00Z",
    "at": "2026-01-06T10:30:00Z",
    "sourceEventId": "evt_1",
}
_STATUS = string("recorded", enum=["recorded", "duplicate", "rejected"])
_RESULT: Schema = obj(
    "index status", index=INTEGER, sourceEventId=_ID, status=_STATUS, error=obj("*", code=string("invalid_outcome"), message=string("…")),
    note=string("Something else was reported under this id before, and stands. To put it right, send a correction."),
)  # fmt: skip
TAKEN: Schema = obj(
    "results recorded duplicates rejected suppressed xEpoch",
    results=array(_RESULT),
    warnings=WARNINGS,
    recorded=INTEGER,
    duplicates=INTEGER,
    rejected=INTEGER,
    suppressed=array(string("ada@acme.example"))
    | {"description": "Who was put on the suppression list by it"},
    xEpoch=INTEGER | {"description": "The run's: what it is evidence of"},
)
OUTCOME: Schema = obj(
    "sourceEventId kind at recordedAt isSuccess unit",
    sourceEventId=_ID,
    kind=string("positive_reply", enum=[*OutcomeKind]),
    at=INSTANT,
    firstTouchAt=INSTANT,
    recordedAt=INSTANT,
    value={"type": "number"},
    leadId=string("lead_17"),
    unit=string("acme.example", description="The account that it counts for"),
    isSuccess=BOOLEAN
    | {"description": "By the success metric, whenever it came; false for what was corrected"},
    corrects=_ID,
    correctedBy=_ID | {"description": "What stands instead"},
)
DIFFERS = 'Something else was reported under this id before, and stands. To put it right, send a correction: {"corrects": its id, "kind": …}.'
