"""What the Python peers share: reading inputs, timing, reporting."""
import json
import os
import sys
import time

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("MKL_NUM_THREADS", "1")
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))

from inputs import load  # noqa: E402


def report(loop, sums, repeats, warm_ups=0):
    """Times `loop()` and prints the times and the sums of what it returned last."""
    for _ in range(warm_ups):
        loop()
    seconds = []
    for _ in range(repeats):
        start = time.perf_counter()
        result = loop()
        seconds.append(time.perf_counter() - start)
    print(json.dumps({"seconds": seconds, "sums": [float(value) for value in sums(result)]}))


def arguments():
    """The inputs, whether everything is recorded, and the number of repeats."""
    folder, what, repeats = sys.argv[1:4]
    return load(folder), what == "record", int(repeats)
