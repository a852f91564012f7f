"""How well speakers are chosen, on written calls with the speaker whom each hint means. Pure; docs/targets.md has the file's form."""
