"""Children that do not outlive their parent."""

import multiprocessing
import os
import signal
import threading


def end_with_parent() -> None:
    """Called in a process of a pool: Ctrl-C is the parent's to answer, and a parent that was killed takes it along.

    A pool's process would otherwise wait for work for ever.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_wait_for_the_end, daemon=True).start()


def _wait_for_the_end() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
