"""By which reading of titles and words the stored retrieval terms of a workspace were made."""

from setpiece.storage.migrations.script import run_script

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    run_script("0020_term_readings.sql")
