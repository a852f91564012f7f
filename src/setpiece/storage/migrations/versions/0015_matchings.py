"""Matchings, and who they rest on."""

from setpiece.storage.migrations.script import run_script

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    run_script("0015_matchings.sql")
