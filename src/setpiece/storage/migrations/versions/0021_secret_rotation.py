"""The secret of a workspace can be replaced."""

from setpiece.storage.migrations.script import run_script

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    run_script("0021_secret_rotation.sql")
