"""The outside world, as agents reach it: built here and nowhere else."""

from setpiece.agents.running import Tools
from setpiece.bootstrap.settings import Settings, read_settings
from setpiece.providers.embeddings.embedder import Embedder
from setpiece.providers.embeddings.minilm import MiniLm
from setpiece.providers.web.http_pages import HttpPages


def open_tools(settings: Settings | None = None) -> Tools:
    """What agents reach the outside world with; nothing heavy is loaded before it is used."""
    return Tools(HttpPages(), open_embedder(settings or read_settings()))


def open_embedder(settings: Settings) -> Embedder | None:
    """None where they are switched off."""
    return MiniLm() if settings.embeddings == "minilm" else None
