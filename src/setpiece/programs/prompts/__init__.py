"""What an agent is told of programs: the whole prompt of one, and a short block on all that are active.

Pure but for `service`, which reads what a prompt is made of. The fixed words stand in `program_v1.md`; a change of their meaning is a new file.
What people or other systems wrote is quoted (`quoting`), so that it can be told from what the agent has to do.
"""
