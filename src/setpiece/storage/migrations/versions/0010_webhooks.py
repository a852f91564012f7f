"""Webhooks: endpoints, events, their deliveries, and what is due."""

from setpiece.storage.migrations.script import run_script

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    run_script("0010_webhooks.sql")
