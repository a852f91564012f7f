"""The outside world, as agents reach it: built here and nowhere else."""

from setpiece.agents.running import Tools
from setpiece.bootstrap.settings import Settings, read_settings
from setpiece.providers.embeddings.embedder import Embedder
from setpiece.providers.embeddings.minilm import MiniLm
from setpiece.providers.web.http_pages import HttpPages
from setpiece.providers.webhooks.http import HttpWebhooks
from setpiece.providers.webhooks.port import WebhookSender


def open_tools(settings: Settings | None = None) -> Tools:
    """What agents reach the outside world with; nothing heavy is loaded before it is used."""
    return Tools(HttpPages(), open_embedder(settings or read_settings()))


def open_embedder(settings: Settings) -> Embedder | None:
    """None where they are switched off."""
    return MiniLm() if settings.embeddings == "minilm" else None


def open_webhooks(settings: Settings) -> WebhookSender:
    """What calls other people's URLs."""
    return HttpWebhooks(allow_private=settings.allow_private_webhooks)
