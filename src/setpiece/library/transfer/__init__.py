"""The library as files: read, check, compare with a workspace, apply, and write.

`files.read_path` and `reading.read_text` give a `Document`; `plan.plan_import` compares it with a workspace;
`apply.apply_import` writes what the plan says; `export.export_library` and `writing.dump` go the other way;
`render.render_plan` shows a plan to a person.

A file says what an entity *is*: a field that an entry leaves out is empty. An entity that no entry speaks of is
left alone.
"""
