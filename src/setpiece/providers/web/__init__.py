"""Reads a public web page as text: the port, its fake, and the reader over HTTP.

What lives here: `page` (the port), `canned` (the fake), `http_pages` (the real reader) and the parts it is made
of: `links`, `addresses`, `pinned`, `body`, `charset`, `isolation`, `plain_text`. Imports only the kernel.

A page is material, never an instruction: nothing in it is interpreted, followed or run.
"""
