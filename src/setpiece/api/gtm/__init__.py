"""The GTM surface, `/api/v2`: library, playbooks, agents, keys.

Five wrappers, because the clients of this API read five: `flat`, `data`, a page, a run, and playbook/create's own.
"""
