"""The network: a 1-D U-Net of about a million multiply-adds with a dense bottleneck, three heads."""
import torch
from torch import nn
from torch.nn import functional as F

from features import CELLS, CHANNELS, SIDE

# Centres and scales of the side scalars over generated windows; they only make the first steps of training easy.
SIDE_MEAN = [0.6, -1.3, 0.8, -0.2, 0.1, -0.3, -0.6, -0.9, -1.1, -1.3, -1.3, 1.5, 1.3, 0.55]
SIDE_STD = [1.6, 1.0, 0.2, 0.4, 0.25, 0.4, 0.8, 1.2, 1.6, 1.9, 2.1, 0.9, 0.5, 0.16]


class Network(nn.Module):
    """grid [b, 2, 128] and side [b, 14] to window logits [b, 8], steps logits [b, 8, 128], boundary logits [b, 128]."""

    def __init__(self, widths=(16, 24, 32, 40, 40), dense=120):
        super().__init__()
        self.register_buffer("mean", torch.tensor(SIDE_MEAN))
        self.register_buffer("std", torch.tensor(SIDE_STD))
        a, *rest = widths
        self.first = nn.Conv1d(CHANNELS, a, 7, padding=3)
        self.down = nn.ModuleList(nn.Conv1d(x, y, 5, stride=2, padding=2) for x, y in zip(widths, rest))
        self.shape = (widths[-1], CELLS // 2 ** len(rest))
        flat = self.shape[0] * self.shape[1]
        self.inward = nn.Linear(flat + len(SIDE), dense)
        self.outward = nn.Linear(dense, flat)
        self.middle = nn.Linear(dense + len(SIDE), 96)
        self.window = nn.Linear(96, 8)
        back = list(zip(widths[:0:-1], widths[-2::-1]))
        self.up = nn.ModuleList(nn.Conv1d(x + y, y, 3, padding=1) for x, y in back)
        self.head = nn.Conv1d(a, 9, 1)

    def forward(self, grid, side):
        side = ((side - self.mean) / self.std).clamp(-5, 5)
        x = F.relu(self.first(grid))
        kept = []
        for layer in self.down:
            kept.append(x)
            x = F.relu(layer(x))
        dense = F.relu(self.inward(torch.cat([x.flatten(1), side], 1)))
        window = self.window(F.relu(self.middle(torch.cat([dense, side], 1))))
        x = F.relu(x + self.outward(dense).view(-1, *self.shape))
        for layer in self.up:
            x = torch.cat([F.interpolate(x, scale_factor=2.0, mode="nearest"), kept.pop()], 1)
            x = F.relu(layer(x))
        out = self.head(x)
        return window, out[:, :8], out[:, 8]
