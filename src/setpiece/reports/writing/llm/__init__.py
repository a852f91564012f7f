"""A language model writes the report from the points of the embedded writer's plan, and every statement is checked.

material  the plan as a model reads it
prompt    rules and material
answer    the shape of an answer
check     what keeps a statement from being printed
write     ask, check, ask again, and in the end leave it to the embedded writer
"""
