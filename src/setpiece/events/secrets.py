"""What a workspace's webhooks are signed with."""

from setpiece.providers.webhooks.signing import new_signing_secret
from setpiece.storage.database import Scope


async def signing_secret(scope: Scope, configured: str | None) -> str:
    """The installation's secret when the settings have one, else the workspace's own, made when it is first asked for."""
    if configured is not None:
        return configured
    await scope.connection.execute(
        "insert into webhook_secrets (workspace_id, secret) values ($1, $2) on conflict do nothing",
        scope.workspace_id,
        new_signing_secret(),
    )
    secret: str = await scope.connection.fetchval(
        "select secret from webhook_secrets where workspace_id = $1", scope.workspace_id
    )
    return secret
