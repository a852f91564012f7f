"""Psychometrics."""

from setpiece.storage.migrations.script import run_script

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    run_script("0018_psychometrics.sql")
