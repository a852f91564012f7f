"""The agent that says how well a company fits; the work is done in `agents/qualify`."""
