"""What entities mean, as vectors: made from their texts, kept, renewed, and asked for what is near.

`texts` says what is read of an entity, `refresh` makes and renews vectors, `repository` keeps and compares them. Which
embedder is used is up to the caller; vectors of another model count as missing.
"""
