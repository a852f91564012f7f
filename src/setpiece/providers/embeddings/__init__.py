"""Turns texts into vectors whose closeness is closeness of meaning: the port, its fake, and MiniLM on onnxruntime.

What lives here: `embedder` (the port), `hashed` (the fake), `minilm` (the model, loaded when it is first asked) and
`weights` (its files, checked before they are used). Imports only the kernel. `minilm-tokenizer.json` is a file of
another project: `minilm-tokenizer.LICENSE.md`.
"""
