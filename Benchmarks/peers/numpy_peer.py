"""Gradient descent on sufficient statistics in NumPy, records into arrays that exist already."""
from common import arguments, report

import numpy as np

(T, rate, fit_loss, array), records, repeats = arguments()
XX, fit, G, B, start1, start2 = (array(n) for n in ("xx", "fit", "test", "teacher", "w1", "w2"))
k, d = fit.shape
size = T if records else 1
loss, risk, product, errors = np.zeros(size), np.zeros(size), np.zeros((size, k, d)), np.zeros((size, k, d))


def loop():
    W1, W2 = start1.copy(), start2.copy()
    E, M, gap, GG = np.empty((k, d)), np.empty((k, d)), np.empty((k, d)), np.empty((k, d))
    D1, D2, P = np.empty_like(W1), np.empty_like(W2), np.empty((k, d))
    for t in range(T):
        np.matmul(W2, W1, out=P)
        np.subtract(P, fit, out=E)
        np.matmul(E, XX, out=M)
        if records:
            loss[t] = fit_loss + np.vdot(E, M)
            np.subtract(P, B, out=gap)
            np.matmul(gap, G, out=GG)
            risk[t] = np.vdot(gap, GG)
            product[t] = P
            np.multiply(gap, gap, out=errors[t])
        np.matmul(W2.T, M, out=D1)
        np.matmul(M, W1.T, out=D2)
        D1 *= rate
        D2 *= rate
        W1 -= D1
        W2 -= D2
    return W1, W2


def sums(result):
    if records:
        return loss.sum(), risk.sum(), product.sum(), errors.sum()
    W1, W2 = result
    P = W2 @ W1
    E, gap = P - fit, P - B
    return fit_loss + np.vdot(E, E @ XX), np.vdot(gap, gap @ G), P.sum()


report(loop, sums, repeats)
