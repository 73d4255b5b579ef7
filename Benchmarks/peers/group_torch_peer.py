"""Training of a bilinear network on the composition of a symmetric group in PyTorch, Float32.

usage: group_torch_peer.py N EMBEDDING FRACTION DECAY EPOCHS SEED THREADS RUN. Pairs and start are those
of the run file RUN. Prints milliseconds per epoch and both losses at the end, as JSON.
"""
import itertools
import json
import sys
import time

import h5py
import numpy
import torch

N, E = int(sys.argv[1]), int(sys.argv[2])
FRACTION, DECAY = float(sys.argv[3]), float(sys.argv[4])
EPOCHS, SEED = int(sys.argv[5]), int(sys.argv[6])
torch.set_num_threads(int(sys.argv[7]))

with h5py.File(sys.argv[8], "r") as run:
    start = [torch.tensor(run["data/initial_" + name][0]).float() for name in ("W_x", "W_y", "W_U")]

elements = list(itertools.permutations(range(N)))
place = {p: k for k, p in enumerate(elements)}
table = numpy.array([[place[tuple(a[k] for k in b)] for b in elements] for a in elements])
order = len(elements)
numpy.random.seed(SEED)
permutation = numpy.random.permutation(order * order)
count = int(FRACTION * order * order)


def rows(chosen):
    chosen = numpy.sort(chosen)
    x, y = chosen // order, chosen % order
    return torch.tensor(x), torch.tensor(y), torch.tensor(table.ravel()[chosen])


train, valid = rows(permutation[:count]), rows(permutation[count:])
parameters = [torch.nn.Parameter(w) for w in start]
optimiser = torch.optim.AdamW(parameters, lr=1e-3, weight_decay=DECAY)


def loss_of(data):
    x, y, z = data
    logits = (parameters[0][x] * parameters[1][y]) @ parameters[2]
    return torch.nn.functional.cross_entropy(logits, z)


for _ in range(3):  # warm up, not counted; the optimiser starts anew below
    loss_of(train).backward()
    for w in parameters:
        w.grad = None
begin = time.perf_counter()
for _ in range(EPOCHS):
    optimiser.zero_grad()
    loss = loss_of(train)
    loss.backward()
    optimiser.step()
seconds = time.perf_counter() - begin
with torch.no_grad():
    print(
        json.dumps(
            {
                "milliseconds": 1e3 * seconds / EPOCHS,
                "train_loss": float(loss_of(train)),
                "valid_loss": float(loss_of(valid)),
            }
        )
    )
