"""Trains the network and writes models/curve.onnx.

    nice -n 19 python3 models/train.py                                  the committed model's recipe, its seeds inside
    nice -n 19 python3 models/train.py --windows 3000000 --epochs 16    the longer way

One thread and fixed seeds: the same machine gives the same weights, another one the same scores.
"""
import argparse
import copy
import math
import os
import time

import numpy as np
import torch
from torch.nn import functional as F

from export import export
from metrics import calibration_error, f1_per_class
from network import Network
from pool import pool

HERE = os.path.dirname(os.path.abspath(__file__))


def losses(out, steps, near, label):
    """Of the window's class (single windows only), of each cell's class, of boundaries."""
    window, cells, boundary = (x.float() for x in out)
    return (F.cross_entropy(window, label, ignore_index=-1), F.cross_entropy(cells, steps.long()),
            F.binary_cross_entropy_with_logits(boundary, near.float() / 255))


def scores(network, data):
    """Scores on windows kept apart: macro-F1 and calibration of single ones, cells' accuracy, the losses."""
    network.eval()
    with torch.no_grad():
        out = [torch.cat(x) for x in zip(*(network(*(d[i : i + 4096] for d in data[:2]))
                                           for i in range(0, len(data[0]), 4096)))]
        loss = [round(float(x), 4) for x in losses(out, *data[2:])]
    network.train()
    alone = data[4] >= 0
    chances, truth = out[0][alone].softmax(1).numpy(), data[4][alone].numpy()
    found = chances.argmax(1)
    return {"macro_f1": round(float(f1_per_class(found, truth).mean()), 4),
            "ece": round(float(calibration_error(chances.max(1), found == truth)), 4),
            "cells": round(float((out[1].argmax(1) == data[2]).float().mean()), 4), "losses": loss}


def train(data, held, epochs, batch, rate, checkpoint):
    """Returns the exponential moving average of the weights after `epochs` under a cosine schedule."""
    network = Network()
    mean = copy.deepcopy(network)
    optimizer = torch.optim.AdamW(network.parameters(), rate, weight_decay=1e-3)
    count = len(data[0])
    total, step, start = epochs * (count // batch), 0, time.time()
    for epoch in range(epochs):
        order = torch.randperm(count)
        coarse = epoch < 0.8 * epochs  # bfloat16 is half as long again as fast; the last epochs see every digit.
        for i in range(0, count - batch + 1, batch):
            grid, side, steps, near, label = (d[order[i : i + batch]] for d in data)
            grid = grid * (torch.randint(0, 2, (batch, 1, 1)) * 2.0 - 1)  # A curve upside down is that curve.
            for group in optimizer.param_groups:
                group["lr"] = rate * min(1, (step + 1) / 300) * (0.5 + 0.5 * math.cos(math.pi * step / total))
            with torch.autocast("cpu", torch.bfloat16, enabled=coarse):
                out = network(grid, side)
            window, cells, boundary = losses(out, steps, near, label)
            optimizer.zero_grad(set_to_none=True)
            (window + cells + 4 * boundary).backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            step += 1
            keep = min(0.999, step / (step + 10))
            with torch.no_grad():
                torch._foreach_lerp_(list(mean.parameters()), list(network.parameters()), 1 - keep)
        torch.save(mean.state_dict(), checkpoint)
        print(f"epoch {epoch + 1}, {time.time() - start:.0f} s", scores(mean, held), flush=True)
    return mean


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--windows", type=int, default=700_000)
    parser.add_argument("--epochs", type=int, default=16)
    parser.add_argument("--batch", type=int, default=512)
    parser.add_argument("--rate", type=float, default=4e-3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--processes", type=int, default=2, help="that make windows")
    parser.add_argument("--checkpoint", default="/tmp/curve.pt")
    parser.add_argument("--out", default=os.path.join(HERE, "curve.onnx"))
    options = parser.parse_args()
    start = time.time()
    data = [torch.from_numpy(x) for x in pool(options.seed, options.windows, options.processes)]
    held = [torch.from_numpy(x) for x in pool(options.seed + 1000, 16_384, options.processes)]
    print(f"{len(data[0])} windows in {time.time() - start:.0f} s", flush=True)
    torch.manual_seed(options.seed)
    torch.set_num_threads(options.threads)
    network = train(data, held, options.epochs, options.batch, options.rate, options.checkpoint)
    export(network, options.out)
    print(f"{options.out}: {os.path.getsize(options.out)} bytes after {time.time() - start:.0f} s")


if __name__ == "__main__":
    main()
