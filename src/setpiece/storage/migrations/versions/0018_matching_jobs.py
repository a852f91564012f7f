"""Jobs of matchings are about the recordings that these rest on."""

from setpiece.storage.migrations.script import run_script

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    run_script("0018_matching_jobs.sql")
