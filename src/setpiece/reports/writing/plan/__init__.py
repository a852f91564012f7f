"""Plans: which moments serve which section, in the order of their use. Pure."""
