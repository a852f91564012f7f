"""Bootstrap: the only place where settings are read and things are built and wired.

`settings.py` is the one class of settings; `installation.py` opens a data folder or a database for a command;
`serving.py` runs the server and `http_protocol.py` bounds what a connection may send it; `working.py` runs a worker,
`worker_process.py` the worker beside a server; `main.py` is the entry of the `setpiece` command.
"""
