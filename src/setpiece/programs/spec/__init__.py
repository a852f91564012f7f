"""What a program's owner says of it: `model` holds it typed, `fields` declares each field once, `sanitise` takes what a client sends.

Pure. A document is the spec as the wire shows it, without what the server adds; a new field is one line in `fields` and one in `model`.
"""
