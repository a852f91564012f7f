"""From a plain text to the fields of a library kind: every value is a piece of the text. Pure.

    lines    a text as statements, each under its heading
    rules    which headings and which words speak for which field: the published rule
    assign   which field a statement belongs to, if any
    extract  the values of an entity, with the place of each in its source
    claims   what a product page says, as facts for the writer

Imports the kernel, the library's kinds and the writer's reading of sentences.
"""
