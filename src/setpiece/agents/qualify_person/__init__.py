"""The agent that says how well a person fits; the work is done in `agents/qualify`."""
