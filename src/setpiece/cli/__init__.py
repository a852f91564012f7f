"""The command line: one file for each group of commands.

A command parses its options, makes one call on the `Installation` it was given or on a service, and prints. It
never builds anything itself: `bootstrap/main.py` hands it the installation. The front doors never import each other.
"""
