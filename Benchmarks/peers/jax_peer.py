"""Gradient descent on sufficient statistics as one compiled `lax.scan` in JAX."""
import os

os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"
from common import arguments, report

import jax
import jax.numpy as jnp
import numpy as np

jax.config.update("jax_enable_x64", True)
(T, rate, fit_loss, array), records, repeats = arguments()
XX, fit, G, B, start1, start2 = (jnp.asarray(array(n)) for n in ("xx", "fit", "test", "teacher", "w1", "w2"))


def step(weights, _):
    W1, W2 = weights
    P = W2 @ W1
    E = P - fit
    M = E @ XX
    row = None
    if records:
        gap = P - B
        row = (fit_loss + jnp.vdot(E, M), jnp.vdot(gap, gap @ G), P, gap * gap)
    return (W1 - rate * (W2.T @ M), W2 - rate * (M @ W1.T)), row


run = jax.jit(lambda weights: jax.lax.scan(step, weights, None, length=T))


def loop():
    return jax.block_until_ready(run((start1, start2)))


def sums(result):
    weights, rows = result
    if records:
        return [np.asarray(row).sum() for row in rows]
    P = weights[1] @ weights[0]
    E, gap = P - fit, P - B
    return fit_loss + jnp.vdot(E, E @ XX), jnp.vdot(gap, gap @ G), P.sum()


report(loop, sums, repeats, warm_ups=1)
