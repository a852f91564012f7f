"""Jobs: our table of them, and procrastinate's queue in a schema of its own (docs/decisions/0006)."""

from importlib.metadata import distribution
from pathlib import Path

from setpiece.storage.migrations.script import run_script, run_sql

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    # Read as a file: importing the package would cost a first start a third of a second of CPU.
    queue = Path(str(distribution("procrastinate").locate_file("procrastinate/sql/schema.sql")))
    run_sql("create schema procrastinate; set local search_path to procrastinate")
    run_sql(queue.read_text(encoding="utf-8"))
    run_sql("set local search_path to default")
    run_script("0002_jobs.sql")
