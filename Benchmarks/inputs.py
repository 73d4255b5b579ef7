"""Writes the inputs of every workload as raw doubles, the same for the program and all peers.

A folder holds sizes.txt (inputs, outputs, hidden, steps, rate, loss of the fit) and xx, fit, test
(Gram matrix of the test inputs), teacher, w1, w2; for the loops over samples also x, y, x_test.
"""
import os
import sys

import numpy as np


def write(folder, d, k, h, steps, rate, n, tests, kappa, noise, diagonal, samples):
    rng = np.random.default_rng(12)
    scales = np.where(np.arange(d) < d // 2, 1.0, 1.0 / kappa)
    x = rng.standard_normal((n, d)) * scales
    x_test = rng.standard_normal((tests, d)) * scales
    teacher = rng.standard_normal((k, d))
    if diagonal:  # decoupled modes: inputs with exactly the wanted spectrum, nearly equal modes
        x = np.linalg.qr(x)[0] * (kappa * scales)
        teacher = np.diag([1.001, 1.0] / (kappa * scales) ** 2)
    y = x @ teacher.T + noise * rng.standard_normal((n, k))
    fit = np.linalg.lstsq(x, y, rcond=None)[0].T
    if diagonal:
        q = np.linalg.qr(rng.standard_normal((h, h)))[0]
        w1 = q[:, :d] @ np.diag(0.1 * rng.standard_normal(d))
        w2 = np.diag(0.1 * rng.standard_normal(k)) @ q[:, :k].T
    else:
        w1 = 0.1 * rng.standard_normal((h, d))
        w2 = 0.1 * rng.standard_normal((k, h))
    os.makedirs(folder, exist_ok=True)
    arrays = {"xx": x.T @ x, "fit": fit, "test": x_test.T @ x_test, "teacher": teacher, "w1": w1, "w2": w2}
    if samples:
        arrays |= {"x": x, "y": y, "x_test": x_test}
    for name, array in arrays.items():
        np.ascontiguousarray(array).tofile(f"{folder}/{name}.f64")
    loss = float(np.sum((y - x @ fit.T) ** 2))
    with open(f"{folder}/sizes.txt", "w") as file:
        file.write(f"{d} {k} {h} {steps} {rate!r} {loss!r}\n")


def load(folder):
    """The inputs of a folder: sizes, rate, loss of the fit, and a function that reads an array."""
    d, k, h, steps, rate, loss = open(f"{folder}/sizes.txt").read().split()
    d, k, h, steps = int(d), int(k), int(h), int(steps)
    shapes = {"xx": (d, d), "fit": (k, d), "test": (d, d), "teacher": (k, d), "w1": (h, d), "w2": (k, h),
              "x": (-1, d), "y": (-1, k), "x_test": (-1, d)}

    def array(name):
        return np.fromfile(f"{folder}/{name}.f64").reshape(shapes[name])

    return steps, float(rate), float(loss), array


if __name__ == "__main__":
    root = sys.argv[1]
    write(root + "/S1", 2, 2, 50, 100_000, 1e-3, 50, 5000, 10, 0, True, True)
    write(root + "/S2", 50, 2, 50, 20_000, 1e-4, 1000, 5000, 3, 1, False, False)
    write(root + "/M", 100, 100, 100, 2000, 1e-5, 2000, 5000, 3, 1, False, False)
    write(root + "/L", 1000, 1000, 1000, 20, 1e-7, 2000, 2000, 3, 1, False, False)
