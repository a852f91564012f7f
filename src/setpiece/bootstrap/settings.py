"""All settings, read once from the environment as `SETPIECE_<NAME>`."""

import os
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from setpiece.kernel.errors import Invalid
from setpiece.providers.webhooks.signing import check_secret


def default_data_dir() -> Path:
    """`$XDG_DATA_HOME/setpiece`, or `~/.local/share/setpiece`."""
    base = os.environ.get("XDG_DATA_HOME") or "~/.local/share"
    return Path(base).expanduser() / "setpiece"


class Settings(BaseSettings):
    """Settings of one installation. Every one has a default that works on a laptop."""

    model_config = SettingsConfigDict(env_prefix="SETPIECE_", env_ignore_empty=True, extra="ignore")

    data_dir: Path = Field(
        default_factory=default_data_dir, description="Folder of the embedded database and files"
    )
    database_url: SecretStr | None = Field(
        None, description="A PostgreSQL 15 or newer with pgvector, instead of the embedded one"
    )
    database_connections: int = Field(
        10, ge=3, le=200, description="Connections of one process to the database; two of them listen"
    )
    worker_concurrency: int = Field(2, ge=1, le=100, description="Jobs that a worker does at a time")
    max_body_bytes: int = Field(4 * 1024 * 1024, ge=1024, description="Largest request body")
    max_import_bytes: int = Field(
        64 * 1024 * 1024, ge=1024, description="Largest library file sent for import"
    )
    max_upload_bytes: int = Field(
        5 * 1024**3, ge=1024, description="Largest recording; what the clients of the contract stop at"
    )
    blob_url: str | None = Field(
        None, description="Where recordings are kept, such as s3://bucket/prefix, instead of the data folder"
    )
    retention_days: int = Field(
        180, ge=1, le=36_500, description="Days without use until a recording that is not locked is deleted"
    )
    tombstone_days: int = Field(
        30,
        ge=0,
        le=36_500,
        description="Days for which the id of a deleted recording answers 410 and not 404",
    )
    public_url: str | None = Field(
        None,
        pattern=r"^https?://[^\s/?#@<>]+(/[^\s?#<>]*)?$",
        max_length=300,
        description="Address under which people outside reach the API, for the unsubscribe links in mails",
    )
    rate_limits: bool = Field(
        False, description="Whether the rates of the reports surface are held, by each API process for itself"
    )
    credit_quota: int = Field(
        1_000_000, ge=0, description="Credits shown as the quota; counted, never enforced"
    )
    embeddings: Literal["minilm", "off"] = Field(
        "minilm", description="What compares texts by meaning: the model that comes along, or nothing"
    )
    webhook_secret: SecretStr | None = Field(
        None,
        description="Signs every callback and the webhooks of jobs: `whsec_` and base64; else each workspace has a secret of its own",
    )
    allow_private_webhooks: bool = Field(
        False, description="Whether callbacks and events may go to loopback and private addresses"
    )
    webhook_log_days: int = Field(
        30, ge=1, le=3650, description="Days for which an event and the log of its deliveries are kept"
    )
    playbook_errors: Literal["object", "text"] = Field(
        "object",
        description='What errors under `/v1/playbooks` look like: `{"error": {"code", "message"}}`, or `{"error": "…"}`',
    )
    playbook_run_order: Literal["desc", "asc"] = Field(
        "desc",
        description="How a playbook's runs are listed where a request does not say: the newest first or last",
    )
    lead_sources: Path | None = Field(
        None, description="File with the keys of each workspace to CRMs and other sources of leads"
    )
    smtp_url: SecretStr | None = Field(
        None,
        description="Mail server that programs send through: `smtps://user:password@host`; none: nothing is sent",
    )
    smtp_from: str | None = Field(
        None, description="Who mail is from, such as `Example Team <team@example.com>`; needed with a server"
    )
    smtp_imprint: str = Field(
        "",
        max_length=1000,
        description="What every mail ends with: who you are and your postal address, which CAN-SPAM asks for",
    )
    llm_provider: Literal["embedded", "openai", "anthropic"] = Field(
        "embedded",
        description="Who writes: the embedded writer, or a language model over one of two protocols",
    )
    llm_base_url: str | None = Field(
        None, description="Address of the model's server; the vendor's own when empty"
    )
    llm_api_key: SecretStr | None = Field(None, description="Key for the model's server")
    llm_model: str | None = Field(None, description="The model that is asked; needed with a provider")
    llm_models: str = Field("", description="Further models, with commas between, that an agent may ask for")
    llm_timeout_s: float = Field(60, gt=0, le=3600, description="Seconds that one answer may take")
    llm_deadline_s: float = Field(
        180, gt=0, le=7200, description="Seconds that one sequence waits for the model, all tries together"
    )
    llm_concurrency: int = Field(
        4, ge=1, le=1000, description="Requests of one process to the model at a time"
    )
    llm_retries: int = Field(
        2, ge=0, le=10, description="Further tries when the model's server does not answer"
    )
    llm_max_output_tokens: int = Field(8192, ge=256, description="Most tokens that one answer may have")
    llm_input_price: float | None = Field(None, ge=0, description="Price of a million tokens read")
    llm_output_price: float | None = Field(None, ge=0, description="Price of a million tokens written")
    whisper_folder: Path | None = Field(
        None, description="A Whisper model converted for CTranslate2, instead of the packaged base"
    )
    transcription_base_url: str | None = Field(
        None, description="A server that transcribes over OpenAI's protocol, instead of Whisper here"
    )
    transcription_api_key: SecretStr | None = Field(None, description="Key for that server")
    transcription_model: str = Field("whisper-1", description="The model that it is asked for")
    transcription_timeout_s: float = Field(
        120, gt=0, le=3600, description="Seconds that it may take for a piece of half a minute"
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        "info", description="Least level that is logged"
    )
    log_format: Literal["auto", "json", "text"] = Field(
        "auto", description="auto writes text to a terminal and JSON lines elsewhere"
    )

    @field_validator("webhook_secret")
    @classmethod
    def _signs(cls, secret: SecretStr | None) -> SecretStr | None:
        if secret is not None:
            try:
                check_secret(secret.get_secret_value())
            except Invalid as wrong:
                raise ValueError(wrong.message) from wrong
        return secret

    @property
    def link_base(self) -> str | None:
        """What links in mails begin with."""
        return self.public_url.rstrip("/") if self.public_url else None

    @property
    def signing_secret(self) -> str | None:
        """The installation's webhook secret, in clear."""
        return self.webhook_secret.get_secret_value() if self.webhook_secret else None


def read_settings(data_dir: Path | None = None) -> Settings:
    """The settings of the environment, with the command line's data folder over it.

    Raises:
        Invalid: a variable has a value it cannot have; the message names it.
    """
    try:
        settings = Settings()
    except ValidationError as problem:
        first = problem.errors(include_input=False)[0]
        name = "_".join(str(part) for part in first["loc"]).upper()
        raise Invalid(f"SETPIECE_{name}: {first['msg']}.", code="setting") from problem
    chosen = data_dir or settings.data_dir
    return settings.model_copy(update={"data_dir": chosen.expanduser().absolute()})
