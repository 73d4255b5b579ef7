"""Many runs at once in JAX: `vmap` over the starts of a compiled `lax.scan`; the end only."""
import json
import os
import sys
import time

os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"
import common  # noqa: F401
from inputs import load

import jax
import jax.numpy as jnp

jax.config.update("jax_enable_x64", True)
folder, runs, steps, repeats = sys.argv[1], *map(int, sys.argv[2:5])
_, rate, _, array = load(folder)
XX, fit, start1, start2 = (jnp.asarray(array(n)) for n in ("xx", "fit", "w1", "w2"))
scales = 1 + jnp.arange(runs) / runs


def run(scale):
    def step(weights, _):
        W1, W2 = weights
        M = (W2 @ W1 - fit) @ XX
        return (W1 - rate * (W2.T @ M), W2 - rate * (M @ W1.T)), None

    (W1, W2), _ = jax.lax.scan(step, (scale * start1, scale * start2), None, length=steps)
    return W2 @ W1


every = jax.jit(jax.vmap(run))
total = float(jax.block_until_ready(every(scales)).sum())
seconds = []
for _ in range(repeats):
    start = time.perf_counter()
    total = float(jax.block_until_ready(every(scales)).sum())
    seconds.append((time.perf_counter() - start) / (runs * steps))
print(json.dumps({"seconds": seconds, "sums": [total]}))
