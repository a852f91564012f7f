"""Outcomes can be corrected."""

from setpiece.storage.migrations.script import run_script

revision = "0033"
down_revision = "0032"


def upgrade() -> None:
    run_script("0033_corrections.sql")
