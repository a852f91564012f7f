"""Reports: what was asked, and what was written."""

from setpiece.storage.migrations.script import run_script

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    run_script("0017_reports.sql")
