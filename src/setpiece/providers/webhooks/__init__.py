"""Calls webhooks: the port, its fake, and the sender over HTTP.

What lives here: `port` (a message and who sends it), `kept` (the fake), `http` (the real sender), `signing` (the secret and
the signature, by Standard Webhooks), `answer` (what a status means). Imports the kernel, and of `providers.web` what judges and pins addresses.
"""
