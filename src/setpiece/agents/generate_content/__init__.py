"""The content agent: a grounded piece for a person or company, as prose in sections or as JSON by a schema.

`run` chooses and gathers as every agent does; `page` picks what a web page adds, `piece` plans and words the sections,
`json_schema` reads and checks the caller's schema, `json_fill` fills it from the same facts.
"""
