"""The outside world, as agents reach it: built here and nowhere else."""

from setpiece.agents.running import Tools
from setpiece.bootstrap.language_model import language_model
from setpiece.bootstrap.settings import Settings
from setpiece.kernel.errors import Invalid
from setpiece.providers.blobs.store import BlobStore
from setpiece.providers.embeddings.embedder import Embedder
from setpiece.providers.embeddings.minilm import MiniLm, MiniLmOptions
from setpiece.providers.lead_sources.configured import LeadSources
from setpiece.providers.mail.address import read_sender, read_server
from setpiece.providers.mail.port import MailSender
from setpiece.providers.mail.smtp import SmtpMail
from setpiece.providers.web.http_pages import HttpPages
from setpiece.providers.webhooks.http import HttpWebhooks
from setpiece.providers.webhooks.port import WebhookSender


def open_tools(settings: Settings, *, small: bool = False) -> Tools:
    """What agents reach the outside world with; nothing heavy is loaded, and nothing connected, before it is used.

    `small` keeps what is large out of this process, for one that serves many.

    Raises:
        Invalid: the settings of the language model are not complete.
    """
    return Tools(HttpPages(), open_embedder(settings, apart=small), language_model(settings))


def open_embedder(settings: Settings, *, apart: bool = False) -> Embedder | None:
    """None where they are switched off."""
    return MiniLm(MiniLmOptions(apart=apart)) if settings.embeddings == "minilm" else None


def open_lead_sources(settings: Settings) -> LeadSources:
    """What each workspace reads leads from.

    Raises:
        Invalid: the file of `SETPIECE_LEAD_SOURCES` cannot be used.
    """
    return LeadSources(settings.lead_sources)


def open_webhooks(settings: Settings) -> WebhookSender:
    """What calls other people's URLs."""
    return HttpWebhooks(allow_private=settings.allow_private_webhooks)


def open_mail(settings: Settings) -> MailSender | None:
    """What sends a program's mail; None without a server.

    Raises:
        Invalid: `SETPIECE_SMTP_URL` is no address of a mail server, or `SETPIECE_SMTP_FROM` no sender.
    """
    if settings.smtp_url is None:
        return None
    if not settings.smtp_from:
        raise Invalid("SETPIECE_SMTP_URL needs SETPIECE_SMTP_FROM: who the mail is from.", code="setting")
    return SmtpMail(read_server(settings.smtp_url.get_secret_value()), read_sender(settings.smtp_from))


def open_blobs(settings: Settings) -> BlobStore:
    """Where recordings are kept. Nothing is made or connected before the first use.

    Raises:
        Invalid: `SETPIECE_BLOB_URL` is not the address of a store.
    """
    from setpiece.providers.blobs import address  # some 70 ms, which commands without recordings save

    return address.open_blobs(settings.blob_url or (settings.data_dir / "blobs").as_uri())
