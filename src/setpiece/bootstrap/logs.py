"""Structured logs on standard error; secrets are struck out before anything is written."""

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

_SECRET = ("key", "secret", "token", "password", "authorization", "dsn", "database_url")
_NOT_SECRET = ("key_id", "request_id")
_KEY = re.compile(r"sp_[A-Za-z0-9_-]{20,}")
"""A key, or most of one, as `workspaces.model.new_secret` makes them: somebody may paste it into a path or a name."""


def strike_out_secrets(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Replace the value of every field whose name says that it is a secret, and every key within a text."""
    return {name: _without_secret(name, value) for name, value in event.items()}


def _without_secret(name: str, value: Any) -> Any:
    if name not in _NOT_SECRET and any(word in name.lower() for word in _SECRET):
        return "***"
    return _KEY.sub("***", value) if isinstance(value, str) else value


def set_up_logs(level: str, form: str) -> None:
    """Send our logs and those of the libraries to standard error, one line each when `form` is json."""
    as_text = form == "text" or (form == "auto" and sys.stderr.isatty())
    least = logging.getLevelNamesMapping()[level.upper()]
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        strike_out_secrets,
    ]
    structlog.configure(
        processors=[*shared, *_rendering(as_text)],
        wrapper_class=structlog.make_filtering_bound_logger(least),
        # Writes a line at once: with PYTHONUNBUFFERED `print` does it in two pieces, between which a worker beside us may write.
        logger_factory=structlog.WriteLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    _adopt_library_logs(least, shared, as_text)


def _rendering(as_text: bool) -> list[Any]:
    """Plain tracebacks: the pretty ones print local variables, and those can hold secrets."""
    if as_text:
        return [structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)]
    return [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]


def _adopt_library_logs(least: int, shared: list[Any], as_text: bool) -> None:
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *_rendering(as_text)],
        )
    )
    logging.basicConfig(handlers=[handler], level=max(least, logging.WARNING), force=True)
    # The pools tell every attempt to reach a database that is down; the supervisor says it once.
    for pool in ("asyncpg", "psycopg.pool"):
        logging.getLogger(pool).setLevel(logging.CRITICAL)
