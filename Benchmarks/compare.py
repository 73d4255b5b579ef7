"""Runs the program and its peers alternately, checks that they agree, prints medians and ratios."""
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import time

BIN, HERE, *CHOSEN = sys.argv[1:]
WORK = HERE + "/.work"
BENCH = BIN + "/dyn-bench"
PYTHON = sys.executable
# Every library takes the kernels that suit the processor.
ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith("OPENBLAS_")} | {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}


def call(command):
    done = subprocess.run(command, capture_output=True, text=True, env=ENVIRONMENT)
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(command)}: {done.stderr.strip()[-300:]}")
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]


def peer(name, folder, what, repeats):
    if name == "eigen":
        return [f"{WORK}/eigen_peer", folder, what, str(repeats)]
    return [PYTHON, f"{HERE}/peers/{name}_peer.py", folder, what, str(repeats)]


def alternate(programs, rounds):
    """Runs each program once a round; all times, the times' medians per round, the last sums."""
    medians = {name: [] for name in programs}
    times = {name: [] for name in programs}
    sums = {}
    for _ in range(rounds):
        for name, command in programs.items():
            (result,) = call(command)
            medians[name].append(statistics.median(result["seconds"]))
            times[name] += result["seconds"]
            sums[name] = result["sums"]
    return times, medians, sums


def table(title, unit, scale, divisors, programs, rounds, reference, tolerance=1e-8):
    print(f"\n{title}")
    times, medians, sums = alternate(programs, rounds)
    print(f"  {'':34}{unit + ' (median)':>18}{'least':>10}   ratio to {reference}: median (least … largest)")
    base = medians[reference]
    for name in programs:
        divisor = divisors.get(name, divisors[""])
        per = [value / divisor * scale for value in times[name]]
        ratios = [a / divisor / (b / divisors.get(reference, divisors[""])) for a, b in zip(medians[name], base)]
        print(
            f"  {name:34}{statistics.median(per):18.4g}{min(per):10.4g}   "
            f"{statistics.median(ratios):10.3g} ({min(ratios):.3g} … {max(ratios):.3g})")
        if len(sums[name]) == len(sums[reference]) and name != "torch loop":
            for ours, theirs in zip(sums[reference], sums[name]):
                if abs(ours - theirs) > tolerance * max(abs(ours), abs(theirs)):
                    print(f"    DISAGREES: {theirs!r} for {ours!r}")


def loops(name, what, peers, repeats, rounds, extra=()):
    folder = f"{WORK}/{name}"
    steps = int(open(folder + "/sizes.txt").read().split()[3])
    reduced = "end" if what == "end" else "reduced"
    programs = {"dyn": [BENCH, "loop", folder, reduced, str(max(repeats, 5))]}
    for label, command in extra:
        programs[label] = command
    for each in peers:
        programs[each] = peer(each, folder, what, repeats)
    return folder, steps, programs


def s1():
    folder, steps, programs = loops(
        "S1", "record", ["eigen", "numba", "jax", "numpy"], 3, 5,
        [("dyn, width not reduced", [BENCH, "loop", f"{WORK}/S1", "whole", "5"])])
    programs["torch loop"] = peer("torch", folder, "record", 1)
    table("S1: d = 2, h = 50, T = 1e5, everything recorded", "ns/step", 1e9, {"": steps, "torch loop": 1000},
          programs, 5, "dyn")


def s2():
    _, steps, programs = loops("S2", "record", ["eigen", "numba", "jax", "numpy"], 3, 5)
    table("S2: d = 50, h = 50, two outputs, T = 20 000, everything recorded", "µs/step", 1e6, {"": steps}, programs,
          5, "dyn")


def m():
    _, steps, programs = loops("M", "record", ["eigen", "jax", "numpy"], 2, 5)
    table("M: d = h = d_out = 100, T = 2000, everything recorded", "µs/step", 1e6, {"": steps}, programs, 5, "dyn")


def large():
    _, steps, programs = loops("L", "end", ["eigen", "jax", "numpy"], 1, 3)
    programs["dyn"][-1] = "1"
    programs["three dgemm calls"] = [BENCH, "products", "1000", "10"]
    table("L: d = h = d_out = 1000, T = 20, the end recorded", "ms/step", 1e3, {"": steps, "three dgemm calls": 1},
          programs, 3, "dyn")


def ensemble():
    folder = f"{WORK}/S1"
    programs = {
        "dyn": [BENCH, "ensemble", folder, "1000", "10000", "9", "1"],
        "dyn, two threads": [BENCH, "ensemble", folder, "1000", "10000", "9", "2"],
        "jax vmap": [PYTHON, f"{HERE}/peers/jax_ensemble_peer.py", folder, "1000", "10000", "1"],
    }
    table("E: 1000 runs of S1 with different starts, 10 000 steps each, the end recorded", "ns/run-step", 1e9, {"": 1},
          programs, 3, "dyn")


def width():
    print("\nW: S2's shape, statistics, per step without set-up")
    rows = call([BENCH, "width"])
    for start in ("diagonal", "gaussian"):
        chosen = [row for row in rows if row["start"] == start]
        base = statistics.median(next(row for row in chosen if row["hidden"] == 100)["seconds"])
        for row in chosen:
            value = statistics.median(row["seconds"])
            print(f"  {start:10} h = {row['hidden']:>8} {value * 1e6:8.3f} µs/step  {value / base:5.2f} of h = 100"
                  f"   set-up {row['set_up']:.2f} s   {row['engine']}")


def whole():
    print("\nR: the whole program on S1 (start, data, theory, training with freezing, HDF5; no pictures)")
    folder = f"{WORK}/run"
    variants = {
        "dyn --help": ["--help"],
        "nothing recorded between the ends": ["--record", "none", "--no-plot", "-q", "--out", folder],
        "default schedule": ["--no-plot", "-q", "--out", folder],
        "every step recorded": ["--record", "all", "--no-plot", "-q", "--out", folder],
        "every step, literal engine": ["--record", "all", "--engine", "literal", "--no-plot", "-q", "--out", folder],
    }
    times = {name: [] for name in variants}
    memory = {}
    notebook, writing = [], []
    for round in range(9):
        for name, words in variants.items():
            shutil.rmtree(folder, ignore_errors=True)
            start = time.perf_counter()
            process = subprocess.Popen([BIN + "/dyn", *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                       env=ENVIRONMENT)
            _, status, usage = os.wait4(process.pid, 0)
            times[name].append(time.perf_counter() - start)
            process.returncode = status
            if status != 0:
                raise RuntimeError(f"dyn {' '.join(words)} ended with {status}")
            memory[name] = usage.ru_maxrss / 1024
        if round % 3 == 0:
            notebook += call(peer("torch", f"{WORK}/S1", "record", 1))[0]["seconds"]
            writing += call(peer("h5py", f"{WORK}/S1", "record", 3))[0]["seconds"]
    for name in variants:
        print(f"  {name:34}{statistics.median(times[name]) * 1e3:8.1f} ms (least {min(times[name]) * 1e3:.1f})"
              f"   {memory[name]:.0f} MB")
    shutil.rmtree(folder, ignore_errors=True)
    loop = statistics.median(notebook) * 100
    every = statistics.median(times["every step recorded"])
    print(f"  {'torch loop, 1000 of the steps × 100':34}{loop * 1e3:8.0f} ms   {loop / every:.0f} of every step recorded")
    print(f"  {'h5py, the record in blocks of 8192':34}{statistics.median(writing) * 1e3:8.1f} ms (80 bytes a step; "
          "dyn writes 224)")


WORKLOADS = {"S1": s1, "S2": s2, "M": m, "L": large, "E": ensemble, "W": width, "R": whole}

print(f"{platform.machine()}, {os.cpu_count()} CPUs, load {os.getloadavg()[0]:.1f} at the start; one thread, Float64")
for workload in CHOSEN or WORKLOADS:
    WORKLOADS[workload]()
print(f"\nload {os.getloadavg()[0]:.1f} at the end")
