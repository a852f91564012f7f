"""Webhooks: endpoints, events, their deliveries, and what is due."""

from setpiece.storage.migrations.script import run_script

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    run_script("0011_webhooks.sql")
