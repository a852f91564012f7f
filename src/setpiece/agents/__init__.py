"""Agents: saved settings for a run, and the runs themselves.

A request enters through `service.py` (saved agents), `experiments.py` (which agent answers) or
`sequence/run.py` (choose, write, annotate, keep). Imports matching, the library and everything below.
"""
