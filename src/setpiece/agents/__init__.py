"""Agents: saved settings for a run, and the runs themselves.

A request enters through `service.py` (saved agents), `experiments.py` (which agent answers) or `running.py` (the road of
every run); `catalog.py` lists the agents, each a package with its `run.py`. Imports matching, the library and everything below.
"""
