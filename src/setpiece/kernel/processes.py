"""Children that do not outlive their parent."""

import gc
import logging
import multiprocessing
import os
import signal
import sys
import threading


def end_with_parent() -> None:
    """Called in a process of a pool: Ctrl-C is the parent's to answer, and a parent that was killed takes it along.

    A pool's process would otherwise wait for work for ever.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_wait_for_the_end, daemon=True).start()


def collect_rarely() -> None:
    """Called once a process has what it keeps: the garbage collector leaves that out, and looks for cycles less often.

    A sequence run makes some ten thousand objects and hardly a cycle: p95 at 100,000 entities was 313 ms and became 120.
    """
    gc.freeze()
    gc.set_threshold(200_000, 20, 50)


def end_now() -> None:
    """End the process, all that it opened being closed: a thread that is still inside a model is not waited for.

    The interpreter's own end takes such a thread down inside the model's code, which some of them answer with an abort.
    """
    logging.shutdown()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)


def _wait_for_the_end() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
