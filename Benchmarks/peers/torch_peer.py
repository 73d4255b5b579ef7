"""The loop as notebooks write it in PyTorch: autograd over the samples, test risk at every step.

The objective is the sum of squares, twice ours, so it takes half the rate. It runs a part of the
steps; its time is per step, its sums are of the loss and the risk of that part.
"""
from common import arguments, report

import torch

torch.set_num_threads(1)
torch.set_default_dtype(torch.float64)
(T, rate, _, array), _, repeats = arguments()
T = min(T, 1000)
X, Y, X_test, B = (torch.from_numpy(array(n)) for n in ("x", "y", "x_test", "teacher"))
Y_test = X_test @ B.T


def loop():
    W1 = torch.from_numpy(array("w1")).requires_grad_()
    W2 = torch.from_numpy(array("w2")).requires_grad_()
    losses, risks, products, errors = [], [], [], []
    for t in range(T):
        loss = ((Y - X @ W1.T @ W2.T) ** 2).sum()
        with torch.no_grad():
            P = W2 @ W1
            losses.append(loss.item())
            risks.append(((Y_test - X_test @ P.T) ** 2).sum().item())
            products.append(P.numpy())
            errors.append(((P - B) ** 2).numpy())
        loss.backward()
        with torch.no_grad():
            W1 -= rate / 2 * W1.grad
            W2 -= rate / 2 * W2.grad
            W1.grad.zero_()
            W2.grad.zero_()
    return losses, risks


report(loop, lambda result: (sum(result[0]), sum(result[1]), T), repeats)
