"""Outcomes of runs, and the evidence that is kept of them."""

from setpiece.storage.migrations.script import run_script

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    run_script("0024_outcomes.sql")
