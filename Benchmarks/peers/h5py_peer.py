"""Writes the record of S1 (80 bytes a step) with h5py in blocks, into datasets that grow."""
import os

from common import arguments, report

import h5py
import numpy as np

(T, _, _, array), _, repeats = arguments()
k, d = array("fit").shape
path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".work", "h5py.h5")
series = {"loss": (), "risk": (), "product": (k, d), "errors": (k, d)}
values = {name: np.random.default_rng(1).standard_normal((T, *shape)) for name, shape in series.items()}
block = 8192


def loop():
    with h5py.File(path, "w", libver="latest") as file:
        sets = {
            name: file.create_dataset(name, (0, *shape), maxshape=(None, *shape), chunks=(block, *shape), dtype="f8")
            for name, shape in series.items()
        }
        for start in range(0, T, block):
            for name, dataset in sets.items():
                rows = values[name][start:start + block]
                dataset.resize(start + len(rows), axis=0)
                dataset[start:start + len(rows)] = rows
    return os.path.getsize(path)


report(loop, lambda size: (size,), repeats)
os.remove(path)
