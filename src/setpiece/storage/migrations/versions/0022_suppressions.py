"""Whom a workspace never contacts."""

from setpiece.storage.migrations.script import run_script

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    run_script("0022_suppressions.sql")
