"""What each variant has shown."""

from setpiece.storage.migrations.script import run_script

revision = "0031"
down_revision = "0030"


def upgrade() -> None:
    run_script("0031_variants.sql")
