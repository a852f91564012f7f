"""Matchings, and who they rest on."""

from setpiece.storage.migrations.script import run_script

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    run_script("0016_matchings.sql")
