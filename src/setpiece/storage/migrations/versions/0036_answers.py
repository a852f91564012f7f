"""Answers of accounts, over all runs of an epoch."""

from setpiece.storage.migrations.script import run_script

revision = "0036"
down_revision = "0035"


def upgrade() -> None:
    run_script("0036_answers.sql")
