#!/usr/bin/env python3
"""Dense networks in PyTorch: data, starts, steps of every rule. Prints dense.json.

Made with torch 2.15.0 and numpy 2.4.6 on x86-64 with AVX-512:
    python3 dense.py > dense.json
"""
import json

import numpy
import torch
from torch import nn

torch.set_num_threads(1)


def network(widths, bias=True):
    layers = []
    for i, (a, b) in enumerate(zip(widths, widths[1:])):
        layers.append(nn.Linear(a, b, bias=bias))
        if i < len(widths) - 2:
            layers.append(nn.ReLU())
    return nn.Sequential(*layers)


def parameters(model):
    return [x for p in model.parameters() for x in p.detach().double().flatten().tolist()]


def pair(n, epsilon):
    y = torch.rand(n)
    x = torch.empty(n, 2)
    x[:, 0] = y / (torch.rand(n) * (1 - epsilon) + epsilon)
    x[:, 1] = y / x[:, 0]
    mask = torch.rand(n) < 0.5
    kept = x[:, 0][mask]
    x[:, 0][mask] = x[:, 1][mask]
    x[:, 1][mask] = kept
    return x, y


def two_task(seed, n, epsilon=0.5):
    torch.manual_seed(seed)
    numpy.random.seed(seed)
    (xa, ya), (xb, yb) = pair(n, epsilon), pair(n, epsilon)
    x, y = torch.cat((xa, xb), dim=1), torch.stack((ya, yb), dim=1)
    order = numpy.random.permutation(range(n))
    return x[order], y[order]


def notebook(seed, widths, rows, valid, epochs):
    """The notebook's training in single precision, full batches."""
    x, y = two_task(seed, rows + valid)
    model = network(widths)
    start = parameters(model)
    loss_of = nn.MSELoss()
    optimiser = torch.optim.Adam(model.parameters(), lr=1e-2)
    losses = []
    for _ in range(epochs):
        model.zero_grad()
        loss = loss_of(model(x[:rows]), y[:rows])
        with torch.no_grad():
            losses.append([loss.item(), loss_of(model(x[rows:]), y[rows:]).item()])
        loss.backward()
        optimiser.step()
    return {
        "seed": seed, "widths": widths, "samples": rows, "valid": valid,
        "inputs": x[:3].double().tolist(), "targets": y[:3].double().tolist(),
        "last_input": x[-1].double().tolist(), "start": start, "losses": losses,
    }


def steps(name, seed, rule, loss, widths=(3, 5, 4, 2), bias=True, batch=None, rows=20, count=25,
          reduction="mean", **options):
    """Steps in double precision from a single precision start."""
    torch.manual_seed(seed)
    x, y = torch.rand(rows, widths[0]), torch.rand(rows, widths[-1])
    model = network(widths, bias=bias)
    start = parameters(model)
    model, x, y = model.double(), x.double(), y.double()
    labels = y.argmax(1)
    if loss == "cross-entropy":
        loss_of = nn.CrossEntropyLoss(reduction=reduction)
        targets = labels
    else:
        loss_of = nn.MSELoss(reduction=reduction)
        targets = y
    make = {"sgd": torch.optim.SGD, "adam": torch.optim.Adam, "adamw": torch.optim.AdamW}[rule]
    optimiser = make(model.parameters(), **options)
    losses = []

    def step(rows_):
        optimiser.zero_grad()
        value = loss_of(model(x[rows_]), targets[rows_])
        value.backward()
        optimiser.step()
        losses.append(value.item())

    order = []
    if batch is None:
        for _ in range(count):
            step(slice(None))
    else:
        loader = torch.utils.data.DataLoader(range(rows), batch_size=batch, shuffle=True)
        while len(losses) < count:
            for rows_ in loader:
                if len(losses) < count:
                    order.append(rows_.tolist())
                    step(rows_)
    return {
        "name": name, "rule": rule, "loss": loss, "reduction": reduction, "widths": list(widths),
        "bias": bias, "batch": batch, "options": options, "inputs": x.tolist(),
        "targets": y.tolist(), "start": start, "losses": losses, "order": order, "seed": seed,
        "end": parameters(model),
    }


print(json.dumps({
    "torch": torch.__version__,
    "notebooks": [
        notebook(12, [4, 16, 2], 200, 50, 60),
        notebook(2542658879, [4, 16, 16, 2], 200, 50, 60),
    ],
    "steps": [
        steps("gradient descent", 1, "sgd", "mse", lr=0.1),
        steps("momentum", 2, "sgd", "mse", lr=0.05, momentum=0.9),
        steps("momentum with decay", 3, "sgd", "mse", lr=0.05, momentum=0.8, weight_decay=0.01),
        steps("adam", 4, "adam", "mse", lr=0.01),
        steps("adam with decay", 5, "adam", "mse", lr=0.02, betas=[0.8, 0.95], eps=1e-6,
              weight_decay=0.1),
        steps("adamw", 6, "adamw", "mse", lr=0.02, weight_decay=0.5),
        steps("cross-entropy", 7, "adam", "cross-entropy", lr=0.01, widths=(3, 6, 4)),
        steps("no biases", 8, "sgd", "cross-entropy", bias=False, lr=0.05, momentum=0.9,
              widths=(4, 6, 5, 3)),
        steps("batches", 9, "sgd", "mse", batch=6, lr=0.05, momentum=0.9),
        steps("batches and adamw", 10, "adamw", "mse", batch=7, lr=0.01, weight_decay=0.1,
              widths=(2, 3, 4, 5, 1)),
        steps("sums", 11, "sgd", "mse", reduction="sum", lr=0.002),
    ],
}))
