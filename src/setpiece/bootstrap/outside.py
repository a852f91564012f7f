"""The outside world, as agents reach it: built here and nowhere else."""

from setpiece.agents.running import Tools
from setpiece.bootstrap.settings import Settings, read_settings
from setpiece.providers.embeddings.embedder import Embedder
from setpiece.providers.embeddings.minilm import MiniLm, MiniLmOptions
from setpiece.providers.web.http_pages import HttpPages
from setpiece.providers.webhooks.http import HttpWebhooks
from setpiece.providers.webhooks.port import WebhookSender


def open_tools(settings: Settings | None = None, *, small: bool = False) -> Tools:
    """What agents reach the outside world with; nothing heavy is loaded before it is used.

    `small` keeps what is large out of this process, for one that serves many.
    """
    return Tools(HttpPages(), open_embedder(settings or read_settings(), apart=small))


def open_embedder(settings: Settings, *, apart: bool = False) -> Embedder | None:
    """None where they are switched off."""
    return MiniLm(MiniLmOptions(apart=apart)) if settings.embeddings == "minilm" else None


def open_webhooks(settings: Settings) -> WebhookSender:
    """What calls other people's URLs."""
    return HttpWebhooks(allow_private=settings.allow_private_webhooks)
