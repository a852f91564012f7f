"""An analysis, and how long it is kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

ANALYSIS_PREFIX = "psy"
ANALYSE = "psychometrics.analyse"
"""The kind of job; `/v1/jobs` does not show it, because the request waits for it."""
KEPT_FOR = timedelta(days=7)
"""Source: reports-v1, "Psychometrics", the test example's `expiresAt`."""


@dataclass(frozen=True, slots=True)
class Failure:
    """Why there are no scores: a stable code, and a sentence."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Analysis:
    """Numbers only: nothing that was said is kept.

    Attributes:
        id: That of the job that made it, so that whoever waits for the job finds it.
        scores: Values from 0 to 1 by name; empty after a failure.
        inputs: What each was made of, and of whom.
    """

    id: UUID
    scores: Mapping[str, float]
    inputs: Mapping[str, Any]
    failure: Failure | None
    created_at: datetime
    expires_at: datetime
