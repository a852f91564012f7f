"""Run whole SQL texts inside the migration's transaction."""

from pathlib import Path

from alembic import op

_VERSIONS = Path(__file__).parent / "versions"


def run_script(name: str) -> None:
    """Run a file of `versions/`."""
    run_sql((_VERSIONS / name).read_text(encoding="utf-8"))


def run_sql(sql: str) -> None:
    """Send the text as it is: prepared statements, which SQLAlchemy uses, take only one command at a time."""
    adapted = op.get_bind().connection.dbapi_connection
    assert adapted is not None
    adapted.run_async(lambda connection: connection.execute(sql))
