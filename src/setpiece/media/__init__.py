"""Media: a recorded call becomes data.

`recordings` keeps what was uploaded: rows, contents, the retention clock. A request enters at `recordings/receive.py` and
`recordings/service.py`, the clock at `recordings/tasks.py`; it imports jobs, workspaces, storage, providers and the kernel.

`identities` knows voices again across recordings, and `corrections` is what people say about who speaks; both have their own
docstring.

The stages make a recording into data, one file for each, in the order of `pipeline`: decode -> speech -> speakers -> words
-> turns -> pitch -> measures. A stage is a function of its options and what came before it; it gets its models handed in
(`providers/speech`), reports progress, and answers a frozen value made of plain data. It is entered at
`pipeline.run_pipeline`, and imports the kernel and `providers`, never a database or a front door.
"""
