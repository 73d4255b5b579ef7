"""Reference trajectories of runs whose data and weights are all drawn from a seed, in plain NumPy.

    python3 make_drawn_trajectories.py      writes drawn_trajectories.json beside this file

Uses the literal loop of ../../DynamicsTests/Reference/make_trajectories.py; the diagonals of the start
are PyTorch's scalar normal draws, made here from the same Mersenne Twister words that NumPy has.
"""
import json, math, sys
from pathlib import Path
import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / 'DynamicsTests' / 'Reference'))
from make_trajectories import run


class TorchNormals:
    """torch.normal of fewer than 16 elements on the CPU: Box-Muller in double, rounded to float32."""

    def __init__(self, seed):
        self.words = iter(np.random.RandomState(seed).randint(0, 2 ** 32, size=4096, dtype=np.uint32).tolist())
        self.cached = None

    def uniform(self):
        high, low = next(self.words), next(self.words)
        return ((high << 32 | low) & (2 ** 53 - 1)) * 2.0 ** -53

    def normal(self, std):
        if self.cached is not None:
            value, self.cached = self.cached, None
        else:
            u1, u2 = self.uniform(), self.uniform()
            r, angle = math.sqrt(-2 * math.log1p(-u2)), 2 * math.pi * u1
            value, self.cached = r * math.cos(angle), r * math.sin(angle)
        return float(np.float32(value * std))


def drawn(c):
    torch = TorchNormals(c['seed'])
    a = [torch.normal(c['scales'][0]) for _ in range(min(c['hidden'], c['dim']))]
    b = [torch.normal(c['scales'][1]) for _ in range(min(c['hidden'], c['outputs']))]
    return dict(c, a=a, b=b)


few = dict(seed=5, samples=4, test_samples=400, dim=6, outputs=4, hidden=9, sigmas=1.0, kappa=3.0, sigma_noise=[0.3, 0.3],
           scales=[0.2, 0.3], lr=[2e-3, 1e-3], iterations=3000, update='simultaneous')
cases = {
    'fewer samples than inputs, synaptic': dict(few, space='synaptic'),
    'fewer samples than inputs, original': dict(few, space='original'),
    'fewer samples than inputs, sequential': dict(few, space='original', update='sequential'),
}
if __name__ == '__main__':
    results = {name: run(drawn(case)) for name, case in cases.items()}
    kept = ('step', 'loss', 'risk', 'product')
    Path(__file__).with_name('drawn_trajectories.json').write_text(
        json.dumps({name: {key: result[key] for key in kept} for name, result in results.items()}))
    for name, result in results.items():
        print(f"{name:45s} loss {result['loss'][0]:.6g} -> {result['loss'][-1]:.6g}   risk {result['risk'][0]:.6g} -> {result['risk'][-1]:.6g}")
