"""Writes a trained network as ONNX that ONNX Runtime 1.16 and later read: opset 14, IR version 7.

    python3 models/export.py CHECKPOINT models/curve.onnx
"""
import sys
import warnings

import onnx
import torch

from features import CELLS, CHANNELS, FEATURE_VERSION, SIDE
from generator import PATTERNS
from network import Network

NAME, VERSION = "curve", "1"


def export(network, path):
    """grid [b, 2, 128], side [b, 14] → window [b, 8], steps [b, 8, 128], boundary [b, 128]; float32 all."""
    names = ["grid", "side", "window", "steps", "boundary"]
    inputs = torch.zeros(1, CHANNELS, CELLS), torch.zeros(1, len(SIDE))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(network.eval(), inputs, path, opset_version=14, dynamo=False, input_names=names[:2],
                          output_names=names[2:], dynamic_axes={name: {0: "batch"} for name in names})
    model = onnx.load(path)
    onnx.helper.set_model_props(model, {
        "name": NAME, "version": VERSION, "feature_version": str(FEATURE_VERSION), "classes": ",".join(PATTERNS)})
    onnx.checker.check_model(model)
    onnx.save(model, path)


if __name__ == "__main__":
    trained = Network()
    trained.load_state_dict(torch.load(sys.argv[1], weights_only=True))
    export(trained, sys.argv[2])
