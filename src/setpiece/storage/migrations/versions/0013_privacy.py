"""Privacy: what goes with a recording, the audit log, notes of consent."""

from setpiece.storage.migrations.script import run_script

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    run_script("0013_privacy.sql")
