"""The person enrichment agent: what is known of a person, and of the company, from what was given.

A name is never read out of an address, and nothing is looked up about a person: only the company's own page is read, where
the agent may.
"""
