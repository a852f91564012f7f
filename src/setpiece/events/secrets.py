"""What a workspace's webhooks are signed with."""

from dataclasses import dataclass, field
from datetime import datetime

from setpiece.events.model import FORMER_SECRET_FOR
from setpiece.providers.webhooks.signing import new_signing_secret
from setpiece.storage.database import Scope
from setpiece.workspaces.work import Work


@dataclass(frozen=True, slots=True)
class SigningSecrets:
    """Of a workspace, or of the whole installation.

    Attributes:
        former: Signs too where the form of the signature has room for two; None when there was no other lately.
        former_until: When it no longer does.
    """

    current: str = field(repr=False)
    former: str | None = field(default=None, repr=False)
    former_until: datetime | None = None


async def signing_secret(scope: Scope, configured: str | None) -> str:
    """The installation's secret when the settings have one, else the workspace's own, made when it is first asked for."""
    return (await signing_secrets(scope, configured)).current


async def signing_secrets(scope: Scope, configured: str | None) -> SigningSecrets:
    """The same, with the one that was replaced lately."""
    if configured is not None:
        return SigningSecrets(configured)
    await _ensure(scope)
    row = await scope.connection.fetchrow(
        """select secret, case when former_until > now() then former_secret end,
                  case when former_until > now() then former_until end
           from webhook_secrets where workspace_id = $1""",
        scope.workspace_id,
    )
    return SigningSecrets(*row)


async def rotate_signing_secret(work: Work) -> SigningSecrets:
    """Give the workspace a new secret; the one before it stays good for a day where two can be."""
    await _ensure(work.scope)
    row = await work.connection.fetchrow(
        """update webhook_secrets set secret = $2, former_secret = secret, former_until = $3
           where workspace_id = $1 returning secret, former_secret, former_until""",
        work.workspace_id,
        new_signing_secret(),
        work.at + FORMER_SECRET_FOR,
    )
    return SigningSecrets(*row)


async def _ensure(scope: Scope) -> None:
    await scope.connection.execute(
        "insert into webhook_secrets (workspace_id, secret) values ($1, $2) on conflict do nothing",
        scope.workspace_id,
        new_signing_secret(),
    )
