"""Matchings, and who they rest on."""

from setpiece.storage.migrations.script import run_script

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    run_script("0013_matchings.sql")
