"""The front door for chats that speak the Model Context Protocol: the prompts of playbooks, over standard input and output.

A request enters at `prompts`; it makes one call to a room below and answers. The protocol's own package is the extra `mcp` and is
imported nowhere else.
"""
