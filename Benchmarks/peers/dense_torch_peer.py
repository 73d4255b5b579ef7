"""The notebook's training of one network on two products, as it is written: one thread, Float32.

usage: dense_torch_peer.py WIDTHS EPOCHS SEED, such as `4,16,2 4000 12`. Prints milliseconds per epoch
and the validation loss at the end, as JSON.
"""
import json
import sys
import time

import numpy
import torch
from torch import nn
from torch.optim import Adam

torch.set_num_threads(1)
WIDTHS = [int(width) for width in sys.argv[1].split(",")]
EPOCHS, SEED = int(sys.argv[2]), int(sys.argv[3])


class LinearLayer(nn.Module):
    def __init__(self, inputs, outputs, has_activation):
        super().__init__()
        self.linear = nn.Linear(inputs, outputs)
        self.activation = nn.ReLU() if has_activation else nn.Identity()

    def forward(self, x):
        return self.activation(self.linear(x))


def products(count, epsilon=0.5):
    y = torch.rand(count)
    x = torch.empty(count, 2)
    x[:, 0] = y / (torch.rand(count) * (1 - epsilon) + epsilon)
    x[:, 1] = y / x[:, 0]
    swapped = torch.rand(count) < 0.5
    x[swapped] = x[swapped].flip(1)
    return x, y


torch.manual_seed(SEED)
numpy.random.seed(SEED)
(x_a, y_a), (x_b, y_b) = products(10000), products(10000)
inputs, targets = torch.cat((x_a, x_b), dim=1), torch.stack((y_a, y_b), dim=1)
order = numpy.random.permutation(range(10000))
x_train, y_train = inputs[order[:8000]], targets[order[:8000]]
x_valid, y_valid = inputs[order[8000:]], targets[order[8000:]]
model = nn.Sequential(
    *[
        LinearLayer(a, b, layer < len(WIDTHS) - 2)
        for layer, (a, b) in enumerate(zip(WIDTHS, WIDTHS[1:]))
    ]
)
loss_of = nn.MSELoss()
optimiser = Adam(model.parameters(), lr=1e-2)
log = []
start = time.perf_counter()
for _ in range(EPOCHS):
    sample = {}
    model.train()
    model.zero_grad()
    loss = loss_of(model(x_train), y_train)
    sample["train_loss"] = float(loss.detach())
    loss.backward()
    optimiser.step()
    model.eval()
    sample["valid_loss"] = float(loss_of(model(x_valid), y_valid).detach())
    log.append(sample)
seconds = time.perf_counter() - start
print(json.dumps({"milliseconds": 1e3 * seconds / EPOCHS, "valid_loss": log[-1]["valid_loss"]}))
