"""Callbacks: jobs that report to a URL when they end, submissions that are not repeated, runs without a saved agent."""

from setpiece.storage.migrations.script import run_script

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    run_script("0004_callbacks.sql")
