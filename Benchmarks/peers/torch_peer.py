"""The loop as notebooks write it in PyTorch: autograd over the samples, test risk at every step.

Its objective is the sum of squares, twice ours, so it takes half the rate. It runs a part of the
steps; its time is per step.
"""
from common import arguments, report

import torch

torch.set_num_threads(1)
torch.set_default_dtype(torch.float64)
(T, rate, _, array), _, repeats = arguments()
T = min(T, 1000)
X, Y, X_test, B = (torch.from_numpy(array(n)) for n in ("x", "y", "x_test", "teacher"))
Y_test = X_test @ B.T
W1, W2 = torch.from_numpy(array("w1")), torch.from_numpy(array("w2"))
squares = torch.nn.MSELoss(reduction="sum")
layers = [torch.nn.Linear(W1.shape[1], W1.shape[0], bias=False), torch.nn.Linear(W2.shape[1], W2.shape[0], bias=False)]
model = torch.nn.Sequential(*layers)


def loop():
    with torch.no_grad():
        layers[0].weight.copy_(W1)
        layers[1].weight.copy_(W2)
    losses, risks, products, errors = [], [], [], []
    for _ in range(T):
        loss = squares(model(X), Y)
        losses.append(loss.item())
        model.zero_grad()
        loss.backward()
        with torch.no_grad():
            product = layers[1].weight @ layers[0].weight
            products.append(product)
            errors.append((product - B) ** 2)
            risks.append(squares(model(X_test), Y_test).item())
            for layer in layers:
                layer.weight -= rate / 2 * layer.weight.grad
    return losses, risks


report(loop, lambda result: (sum(result[0]), sum(result[1]), T), repeats)
