"""Training of one network on Fashion-MNIST in batches of 128 with momentum, as PyTorch users write it.

usage: images_torch_peer.py DIR HIDDEN CHANNELS STEPS THREADS; HIDDEN and CHANNELS are lists such as
`512,256`, or `none`. Prints milliseconds per step, wall and processor, and the validation loss, as JSON.
"""
import gzip
import json
import sys
import time

import numpy
import torch
from torch import nn

DIR, STEPS = sys.argv[1], int(sys.argv[4])
HIDDEN, CHANNELS = (
    [] if word == "none" else [int(size) for size in word.split(",")] for word in sys.argv[2:4]
)
torch.set_num_threads(int(sys.argv[5]))


def load(stem):
    with gzip.open(f"{DIR}/{stem}-images-idx3-ubyte.gz") as file:
        images = numpy.frombuffer(file.read(), "u1", offset=16).reshape(-1, 784)
    with gzip.open(f"{DIR}/{stem}-labels-idx1-ubyte.gz") as file:
        labels = numpy.frombuffer(file.read(), "u1", offset=8)
    return images.astype("f8") / 255, torch.tensor(labels.astype("i8"))


(x, y), (x_valid, y_valid) = load("train"), load("t10k")
mean, deviation = x.mean(), x.std()
x, x_valid = (torch.tensor((part - mean) / deviation, dtype=torch.float32) for part in (x, x_valid))
if CHANNELS:
    x, x_valid = x.reshape(-1, 1, 28, 28), x_valid.reshape(-1, 1, 28, 28)

torch.manual_seed(12)
layers, channels, side, width = [], 1, 28, 784
for size in CHANNELS:
    layers += [nn.Conv2d(channels, size, 5, stride=2, bias=False), nn.ReLU()]
    channels, side = size, (side - 5) // 2 + 1
if CHANNELS:
    layers.append(nn.Flatten())
    width = channels * side * side
for size in HIDDEN:
    layers += [nn.Linear(width, size, bias=False), nn.ReLU()]
    width = size
model = nn.Sequential(*layers, nn.Linear(width, 10, bias=False))
optimiser = torch.optim.SGD(model.parameters(), lr=0.01, momentum=0.9)
loss_of = nn.CrossEntropyLoss()


def batches():
    while True:
        # What a DataLoader draws at the start of an epoch; its batches without its copying.
        torch.empty((), dtype=torch.int64).random_()
        generator = torch.Generator()
        generator.manual_seed(int(torch.empty((), dtype=torch.int64).random_().item()))
        yield from torch.randperm(len(x), generator=generator).split(128)


order = batches()


def train(steps):
    for _ in range(steps):
        rows = next(order)
        optimiser.zero_grad()
        loss_of(model(x[rows]), y[rows]).backward()
        optimiser.step()


train(20)
wall, processor = time.perf_counter(), time.process_time()
train(STEPS)
wall, processor = time.perf_counter() - wall, time.process_time() - processor
with torch.no_grad():
    loss = float(loss_of(model(x_valid), y_valid))
print(
    json.dumps(
        {"wall": 1e3 * wall / STEPS, "processor": 1e3 * processor / STEPS, "valid_loss": loss}
    )
)
