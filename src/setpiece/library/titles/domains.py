"""Company domains made comparable."""

import re

_HOST = re.compile(r"[^\W_][\w-]*(?:\.[\w-]+)+")


def host_of(domain: str) -> str:
    """The bare host of a domain or URL: `https://WWW.A.example/x` gives `a.example`; nothing usable gives ""."""
    host = domain[:500].strip().casefold().partition("://")[2] or domain[:500].strip().casefold()
    host = host.partition("/")[0].rpartition("@")[2].partition(":")[0]
    host = host.removeprefix("www.").strip(".")
    return host if _HOST.fullmatch(host) else ""


def parents(host: str) -> tuple[str, ...]:
    """The host and the domains above it, down to two labels: `eu.a.example`, `a.example`."""
    labels = host.split(".") if host else []
    return tuple(".".join(labels[at:]) for at in range(max(len(labels) - 1, 0)))
