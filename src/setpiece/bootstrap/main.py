"""The entry of the `setpiece` command: settings, logs, the installation, and errors turned into exit codes."""

import errno
import os
import signal
import sys
from pathlib import Path
from types import FrameType

import structlog

from setpiece.bootstrap.installation import LocalInstallation
from setpiece.bootstrap.logs import set_up_logs
from setpiece.bootstrap.settings import read_settings
from setpiece.cli.app import app
from setpiece.cli.output import print_error
from setpiece.kernel.errors import SetpieceError, Unavailable

_OUTPUT_LOST = (errno.ENOSPC, errno.EDQUOT, errno.EIO)


def run() -> None:
    """Run the command of `sys.argv` and exit with its code.

    SIGTERM ends it as Ctrl-C does, so that what was opened is closed.
    """
    # A script that starts us in the background has SIGINT ignored, and asyncio cancels a command only in place of Python's own handler.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, _as_ctrl_c)
    try:
        app(prog_name="setpiece", obj=_open)
    except SetpieceError as error:
        sys.exit(print_error(error))
    except Exception as error:
        sys.exit(print_error(_explained(error)))


def _as_ctrl_c(number: int, frame: FrameType | None) -> None:
    """What Ctrl-C does at this moment; in a loop of asyncio it cancels the command alone, and lets it close what it opened."""
    heeding = signal.getsignal(signal.SIGINT)
    (heeding if callable(heeding) else signal.default_int_handler)(number, frame)


def _explained(error: Exception) -> SetpieceError:
    """The error to end with: a full disk behind a pipe or a redirection is not ours; anything else is logged as a bug."""
    if isinstance(error, OSError) and error.errno in _OUTPUT_LOST and error.filename is None:
        # What is still in the buffer would be tried again at the end, and fail with a trace of its own.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Unavailable(f"The output cannot be written: {error.strerror}.")
    set_up_logs("error", "auto")
    structlog.get_logger(__name__).error("unexpected", exc_info=error)
    return SetpieceError("Something went wrong inside Setpiece; the log line above says where.")


def _open(data_dir: Path | None) -> LocalInstallation:
    settings = read_settings(data_dir)
    asked = "log_level" in settings.model_fields_set
    set_up_logs(settings.log_level if asked else "warning", settings.log_format)
    return LocalInstallation(settings)
