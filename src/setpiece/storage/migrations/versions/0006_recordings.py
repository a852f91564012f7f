"""Recordings: uploaded media, blobs that no recording owns, and receipts of idempotency keys."""

from setpiece.storage.migrations.script import run_script

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    run_script("0006_recordings.sql")
