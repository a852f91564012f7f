"""People that programs turn to: lists, leads, draws and the accounts that programs hold."""

from setpiece.storage.migrations.script import run_script

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    run_script("0025_leads.sql")
