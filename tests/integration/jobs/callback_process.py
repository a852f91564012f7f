"""A worker that delivers callbacks and that the tests kill: `callback_process.py <database> <seconds before the retry>`."""

import asyncio
import sys
from dataclasses import replace
from functools import partial

from workbench import OPTIONS

from setpiece.events.callbacks import Post, call_back
from setpiece.jobs.model import CALL_BACK
from setpiece.jobs.worker import Queue, run_worker
from setpiece.providers.webhooks.http import HttpWebhooks
from setpiece.storage.database import open_database


async def main(dsn: str, wait_s: float) -> None:
    tenants, owner = await open_database(dsn, max_size=2), await open_database(dsn, max_size=1, role=None)
    post = Post(tenants, HttpWebhooks(allow_private=True), waits_s=(wait_s,) * 5)
    handlers = {CALL_BACK: partial(call_back, post)}
    await run_worker(
        Queue(dsn, owner), tenants, handlers, asyncio.Event(), replace(OPTIONS, stale_after_s=0.8)
    )


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], float(sys.argv[2])))
