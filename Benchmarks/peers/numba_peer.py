"""Gradient descent on sufficient statistics in compiled loops with numba, for small sizes."""
from common import arguments, report

import numba
import numpy as np

(T, rate, fit_loss, array), records, repeats = arguments()
XX, fit, G, B, start1, start2 = (array(n) for n in ("xx", "fit", "test", "teacher", "w1", "w2"))
k, d = fit.shape
loss, risk, product, errors = np.zeros(T), np.zeros(T), np.zeros((T, k, d)), np.zeros((T, k, d))


@numba.njit(fastmath=True)
def compiled(T, rate, fit_loss, XX, fit, G, B, W1, W2, loss, risk, product, errors):
    k, d = fit.shape
    h = W1.shape[0]
    M = np.empty((k, d))
    P = np.empty((k, d))
    old = np.empty(k)
    for t in range(T):
        P[:] = 0
        for i in range(h):
            for o in range(k):
                for j in range(d):
                    P[o, j] += W2[o, i] * W1[i, j]
        total = fit_loss
        danger = 0.0
        for o in range(k):
            for j in range(d):
                M[o, j] = 0.0
            for l in range(d):
                e = P[o, l] - fit[o, l]
                g = P[o, l] - B[o, l]
                weighted = 0.0
                for j in range(d):
                    M[o, j] += e * XX[l, j]
                    weighted += (P[o, j] - B[o, j]) * G[l, j]
                danger += g * weighted
                product[t, o, l] = P[o, l]
                errors[t, o, l] = g * g
            for j in range(d):
                total += (P[o, j] - fit[o, j]) * M[o, j]
        loss[t] = total
        risk[t] = danger
        for i in range(h):
            for o in range(k):
                old[o] = W2[o, i]
                s = 0.0
                for j in range(d):
                    s += M[o, j] * W1[i, j]
                W2[o, i] -= rate * s
            for o in range(k):
                for j in range(d):
                    W1[i, j] -= rate * old[o] * M[o, j]


def loop():
    compiled(T, rate, fit_loss, XX, fit, G, B, start1.copy(), start2.copy(), loss, risk, product, errors)


report(loop, lambda _: (loss.sum(), risk.sum(), product.sum(), errors.sum()), repeats, warm_ups=1)
