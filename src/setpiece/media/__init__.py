"""Media: a recorded call becomes data.

What was uploaded lives in `recordings`: rows, contents, the retention clock. A request enters at `recordings/receive.py`
and `recordings/service.py`, the clock at `recordings/tasks.py`. Imports jobs, workspaces, storage, providers and the kernel.
"""
