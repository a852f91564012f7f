"""How to reach the database."""

from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

PORT = 5432
"""Names the socket file; nothing listens on TCP, so it never clashes with another PostgreSQL."""
SUPERUSER = "setpiece"
DATABASE = "setpiece"


@dataclass(frozen=True)
class ConnectionInfo:
    """Where the cluster listens and how to log in as its owner, a superuser."""

    host: Path
    """Folder of the Unix socket."""
    password: str = field(repr=False)
    port: int = PORT
    user: str = SUPERUSER
    database: str = DATABASE

    @property
    def dsn(self) -> str:
        """`postgresql://` with the socket folder as query parameter: the form asyncpg and SQLAlchemy both read."""
        credentials = f"{quote(self.user, safe='')}:{quote(self.password, safe='')}"
        host = quote(str(self.host), safe="")
        return f"postgresql://{credentials}@/{quote(self.database, safe='')}?host={host}&port={self.port}"
