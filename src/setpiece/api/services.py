"""What the front doors are given; built in bootstrap."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from setpiece.agents.running import Tools
from setpiece.api.errors import ErrorShape
from setpiece.api.rates import RateLimiter
from setpiece.events.watching import Watching
from setpiece.media.recordings.model import Retention
from setpiece.programs.following import ProgramWatching
from setpiece.providers.blobs.store import BlobStore
from setpiece.providers.lead_sources.configured import LeadSources
from setpiece.providers.webhooks.port import WebhookSender
from setpiece.storage.database import Database
from setpiece.workspaces.authentication import Authenticator


@dataclass(frozen=True, slots=True)
class ApiSettings:
    """Bounds of the HTTP surface."""

    max_body_bytes: int = 4 * 1024 * 1024
    max_import_bytes: int = 64 * 1024 * 1024
    credit_quota: int = 1_000_000
    """Credits shown as the yearly quota by `api-key/validate`; counted, never enforced."""
    max_upload_bytes: int = 5 * 1024**3
    playbook_errors: ErrorShape = "object"
    playbook_run_order: Literal["desc", "asc"] = "desc"
    """How runs are listed where a request does not say."""
    longest_wait_s: float = 280.0
    """For a worker, where a request answers its result. Clients of the reports surface wait for 300 s (reports-v1, "Client time-outs")."""


@dataclass(frozen=True, slots=True)
class Services:
    """The collaborators of every endpoint."""

    database: Database
    authenticator: Authenticator
    tools: Tools
    blobs: BlobStore
    retention: Retention
    now: Callable[[], datetime]
    settings: ApiSettings
    webhooks: WebhookSender
    watching: Watching
    program_watching: ProgramWatching
    limiter: RateLimiter | None
    """None when there are no limits."""
    ready: Callable[[], Awaitable[None]]
    """Raises Unavailable, with a sentence, when requests cannot be served."""
    lead_sources: LeadSources = field(default_factory=LeadSources)
    has_mail: bool = False
    """Whether the workers have a mail server."""
    webhook_secret: str | None = field(default=None, repr=False)
    """Signs the callbacks of every workspace; None when each has a secret of its own."""

    def end_streams(self) -> None:
        """Let everything that is followed end, so that nobody waits for it when the process stops."""
        self.watching.close()
        self.program_watching.close()
