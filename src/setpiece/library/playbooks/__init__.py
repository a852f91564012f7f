"""Playbooks: one angle for selling one offering, to whom, with which proof.

A playbook is an entity of its own kind, so it is named, listed, revised and deleted like any other; what
only a playbook has (links, value props, templates) is here.
"""
