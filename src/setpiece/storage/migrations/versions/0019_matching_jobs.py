"""Jobs of matchings are about the recordings that these rest on."""

from setpiece.storage.migrations.script import run_script

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    run_script("0019_matching_jobs.sql")
