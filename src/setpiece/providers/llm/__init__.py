"""Asks a language model for an answer of a given shape: the port, its fake, and two vendors.

What lives here: `port` (what a caller sees), `patient` (retries, deadline, bound on concurrency, the same for every
vendor), `vendor` (what a vendor has to do: one attempt), `openai_chat` and `anthropic_messages` (the vendors),
`scripted` (the fake), `catalog` (which vendor a name means), `answers` and `failures` (what came back, read), `shapes` (schemas of
answers). It enters at
`catalog.open_model`. Imports only the kernel; a vendor's client is imported by the first call, not before.
"""
