"""`POST /v1/feedback`: thumbs, words and corrections for a report, a matching or their job."""

from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import BaseModel, Field, StringConstraints, model_validator

from setpiece.api.gtm.answers import BOOLEAN, INSTANT, INTEGER, obj, string
from setpiece.api.operation import Call, Operation
from setpiece.api.reports.rates import OTHER
from setpiece.jobs.feedback import FEEDBACK_PREFIX, Feedback, Opinion, Rating, give_feedback
from setpiece.kernel.clock import show_instant
from setpiece.kernel.ids import show
from setpiece.workspaces.model import Permission
from setpiece.workspaces.receipts import check_key

_TARGETS = ("reportId", "jobId", "matchingId", "matchingAnalysisId")
_Id = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]
_FEEDBACK = obj(
    "id createdAt target rating credits",
    id=string("fb_0AbCdEfGhIjKlMnOpQrStU"),
    createdAt=INSTANT,
    target=obj("", **{name: string() for name in _TARGETS}),
    rating=string("thumbs_up", enum=["thumbs_up", "thumbs_down"]),
    comment=string(),
    credits=obj(
        "eligible discountApplied netUsed",
        eligible=BOOLEAN,
        reason=string("A discount was given before."),
        discountApplied=INTEGER,
        netUsed=INTEGER,
    ),
)


class Correction(BaseModel):
    path: str = Field(
        min_length=1, max_length=500, description="Where in the report", examples=["sections[2].body"]
    )
    expected: Any = Field(None, description="What should stand there")
    observed: Any = Field(None, description="What stands there")  # fmt: skip


class FeedbackCreate(BaseModel):
    reportId: _Id | None = Field(None, examples=["rpt_0AbCdEfGhIjKlMnOpQrStU"])
    jobId: _Id | None = None
    matchingId: _Id | None = None
    matchingAnalysisId: _Id | None = Field(None, description="The older name of `matchingId`")
    rating: Rating
    comment: str | None = Field(None, max_length=10_000)
    corrections: list[Correction] | None = Field(None, max_length=100)
    idempotencyKey: str | None = Field(
        None, max_length=255, description="As the header `Idempotency-Key`, before which it goes"
    )

    @model_validator(mode="after")
    def _one_target(self) -> "FeedbackCreate":
        if len(self.targets) != 1:
            raise ValueError(f"needs exactly one of {', '.join(_TARGETS)}")
        return self

    @property
    def targets(self) -> list[tuple[str, str]]:
        """The ids that were given, each with the name of its field."""
        return [(name, value) for name in _TARGETS if (value := getattr(self, name))]


def operations() -> Iterator[Operation]:
    yield Operation(
        "POST", "/v1/feedback", give, Permission.WRITE, "Say what you think of a report or matching", "Reports: feedback", _FEEDBACK,
        body=FeedbackCreate, is_idempotent=True, rate=OTHER,
        example={"reportId": "rpt_0AbCdEfGhIjKlMnOpQrStU", "rating": "thumbs_up", "comment": "It says what was said."},
        description="Names exactly one of `reportId`, `jobId`, `matchingId` and `matchingAnalysisId`. The first feedback on a report gives half of "
        "its credits back.",
    )  # fmt: skip


async def give(call: Call[None, FeedbackCreate]) -> dict[str, Any]:
    body = call.body
    opinion = Opinion(
        target=body.targets[0],
        rating=body.rating,
        comment=body.comment,
        corrections=[one.model_dump(exclude_unset=True) for one in body.corrections or ()],
    )
    key = check_key(body.idempotencyKey or call.request.headers.get("idempotency-key"))
    async with call.transaction() as work:
        return _shown(await give_feedback(work, opinion, key))


def _shown(feedback: Feedback) -> dict[str, Any]:
    counted = feedback.job.credits
    reason = _reason(feedback)
    shown = {
        "id": show(FEEDBACK_PREFIX, feedback.id),
        "createdAt": show_instant(feedback.created_at),
        "target": dict(feedback.target),
        "rating": feedback.rating,
        "credits": {
            "eligible": feedback.discount > 0,
            **({"reason": reason} if reason else {}),
            "discountApplied": feedback.discount,
            "netUsed": counted.net_used if counted else 0,
        },
    }
    return shown | ({"comment": feedback.comment} if feedback.comment is not None else {})


def _reason(feedback: Feedback) -> str | None:
    if feedback.discount:
        return None
    counted = feedback.job.credits
    if counted is None or not counted.used:
        return "It used no credits."
    return "Half of its credits were given back for an earlier feedback."
