"""How an ONNX model is opened here: on the CPU, one thread for each run, and no memory kept for later.

Runs may come from several threads at once; see `hands`.
"""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onnxruntime import InferenceSession


def open_model(weights: Path) -> "InferenceSession":
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    # Inputs differ in length; the arena would keep the largest of each shape it ever saw.
    options.enable_cpu_mem_arena = False
    return onnxruntime.InferenceSession(str(weights), options, providers=["CPUExecutionProvider"])
