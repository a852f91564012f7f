"""Time, as the product shows it."""

from datetime import UTC, datetime


def now() -> datetime:
    """The current instant, aware, in UTC."""
    return datetime.now(UTC)


def show_instant(instant: datetime) -> str:
    """ISO 8601 in UTC with milliseconds and `Z`, the one form all three surfaces use."""
    return instant.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def show_place(seconds: float) -> str:
    """A time of a recording as m:ss, or h:mm:ss."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def show_if_any(instant: datetime | None) -> str | None:
    """The same for what may not have happened."""
    return show_instant(instant) if instant else None
