"""The entry of the `setpiece` command: settings, logs, the installation, and errors turned into exit codes."""

import signal
import sys
from pathlib import Path

import structlog

from setpiece.bootstrap.installation import LocalInstallation
from setpiece.bootstrap.logs import set_up_logs
from setpiece.bootstrap.settings import read_settings
from setpiece.cli.app import app
from setpiece.cli.output import print_error
from setpiece.kernel.errors import SetpieceError


def run() -> None:
    """Run the command of `sys.argv` and exit with its code.

    SIGTERM ends it as Ctrl-C does, so that what was opened is closed.
    """
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        app(prog_name="setpiece", obj=_open)
    except SetpieceError as error:
        sys.exit(print_error(error))
    except Exception:
        set_up_logs("error", "auto")
        structlog.get_logger(__name__).exception("unexpected")
        sys.exit(
            print_error(SetpieceError("Something went wrong inside Setpiece; the log line above says where."))
        )


def _open(data_dir: Path | None) -> LocalInstallation:
    settings = read_settings(data_dir)
    asked = "log_level" in settings.model_fields_set
    set_up_logs(settings.log_level if asked else "warning", settings.log_format)
    return LocalInstallation(settings)
