#!/usr/bin/env python3
"""An outsider's check of Φ, of scores and of what they promise: docs/outsider.md."""

import argparse
import json
import sys

sys.dont_write_bytecode = True  # nothing is written, beside this script neither

try:
    import numpy as np
except ImportError:
    print("check.py: numpy is missing: python3 -m pip install -r docs/outsider/requirements.txt", file=sys.stderr)
    sys.exit(2)

from files import Refused
from head import gradients, log_probabilities, objective, train
from influence import Influence, integers_of, round_half_up
from report import Checks, show
from workspace import Workspace

#: |S_c| stays below this.
SCORE_LIMIT = 1 << 19


def ranks(values):
    """Ranks from 0; equal values share one."""
    _, place, counts = np.unique(values, return_inverse=True, return_counts=True)
    ends = np.cumsum(counts)
    return (ends - (counts + 1) / 2)[place]


def correlation(a, b):
    a, b = a - a.mean(), b - b.mean()
    size = np.sqrt((a @ a) * (b @ b))
    return float(a @ b / size) if size > 0 else 1.0


def shares(scores):
    positive = np.maximum(scores, 0)
    total = positive.sum()
    return positive / total if total > 0 else positive


def check_model(ws, checks):
    """The base's constants and the head, each made again from the rows."""
    mean = ws.features.mean(axis=0)
    spread = ws.features.std(axis=0)
    moves = (ws.features != ws.features[0]).any(axis=0)
    far = np.where(moves & (np.abs(mean) > 4096 * spread), mean, 0)
    factor = np.where(moves & (spread > 0), 1 / np.where(spread > 0, spread, 1) / np.sqrt(len(mean)), 0)
    off = max(
        np.max(np.abs(mean - far - ws.mean) * factor),
        np.max(np.abs(factor - ws.factor) / np.where(factor > 0, factor, 1)),
        np.max(np.abs(far - ws.offset) * factor),
    )
    checks.add("base: largest difference of its constants from those of the rows", off, 1e-6)
    classes = len(ws.labels)
    best = train(ws.x, ws.y, classes, ws.trained_ridge, np.zeros_like(ws.theta))
    values = [objective(ws.x, ws.y, theta, classes, ws.trained_ridge) for theta in (ws.theta, best)]
    probabilities = [np.exp(log_probabilities(ws.x, theta, classes)) for theta in (ws.theta, best)]
    checks.add("head: objective above its minimum", values[0] - values[1], 1e-5)
    checks.add("head: largest difference of a probability", np.abs(probabilities[0] - probabilities[1]).max(), 1e-2)
    return best


def check_sketch(ws, influence, checks):
    for name, P in (("P_in", ws.P_in), ("P_out", ws.P_out)):
        checks.add(f"sketch: {name}·{name}ᵀ − I, largest entry", np.abs(P @ P.T - np.eye(len(P))).max(), 1e-5)
    g = gradients(ws.x, ws.y, ws.theta, len(ws.labels))
    checks.add("sketch: share of the gradients' square that K columns leave out", 1 - ((g @ ws.J.T) ** 2).sum() / (g**2).sum(), 0.01)
    checks.add("sketch: share kept, the manifest's and the file's", abs(influence.kept - ws.method["kept"]), 1e-4)
    checks.add("sketch: share kept, the best k directions' and the file's", influence.best_kept - influence.kept, 1e-4)


def check_index(ws, influence, checks):
    """Φ, its scale, and each row's part of it. Returns the rows' weights and Φ in real numbers."""
    near, k = ws.index["nearDuplicates"], ws.mix.shape[0]
    scale = ws.index["scale"]
    weights = np.ones(len(ws.y))
    if near["rule"] != "off":
        weights = influence.weights_of(ws.row_influence[:, :k], scale)
        checks.add("near-duplicates: Σ w_i against clusters", abs(weights.sum() - near["clusters"]), 1e-3)
    sums = np.zeros(ws.phi.shape)
    sums[: ws.index["assigned"], :k] = influence.sums(weights)
    own_scale, real = integers_of(sums, ws.index["clipPercentile"])
    checks.add("Φ: relative difference of the scale", abs(own_scale / scale - 1) if scale > 0 else 1, 1e-4)
    apart = np.abs(round_half_up(real) - ws.phi)
    checks.add("Φ: largest difference of an integer", apart.max(), 1)
    checks.add("Φ: share of integers that differ", (apart > 0).mean(), 0.005)
    checks.add("Φ: largest distance before rounding", np.abs(real - ws.phi).max(), 0.51)
    rows = np.zeros_like(ws.row_influence)
    rows[:, :k] = influence.row_influence(weights) * scale
    checks.add("rows: largest difference of w_i·φ_i, in units of Φ", np.abs(rows - ws.row_influence).max(), 0.01)
    return weights, sums * own_scale


def quantised(z, phi):
    """u before rounding at the largest peak ≤ 127 at which every |S_c| < 2^19, and that peak."""
    largest = np.abs(z).max()
    for peak in range(127, 0, -1):
        u = z / largest * peak
        if np.abs(phi @ round_half_up(u).astype(np.int64)).max() < SCORE_LIMIT:
            return u, peak
    return np.zeros_like(z), 0


def check_requests(ws, influence, weights, real, asked, checks):
    """u and S of requests. Returns S, S in the units of exact algebra in all parameters, and what that algebra gives."""
    classes, k = len(ws.labels), ws.mix.shape[0]
    x = ws.inputs(np.array([features for _, features, _, _, _ in asked]))
    logs = log_probabilities(x, ws.theta, classes)
    labels = np.array([likely if label is None else label for likely, (_, _, label, _, _) in zip(logs.argmax(1), asked)])
    behind = logs.max(axis=1) - logs[np.arange(len(asked)), labels]
    checks.add("requests: served label behind the likeliest, in log-likelihood", behind.max(), 1e-4)
    said = [abs(told - np.exp(row[label])) for row, label, (*_, told) in zip(logs, labels, asked) if told is not None]
    checks.add("requests: largest difference of a served probability", max(said, default=0), 1e-5)
    g = gradients(x, labels, ws.theta, classes)
    z = np.zeros((len(asked), ws.index["width"]))
    z[:, :k] = g @ ws.J.T @ ws.mix.T
    S, unit, off, rounding = [], [], 0.0, 0.0
    assigned = ws.index["assigned"]
    for row, (_, _, _, served, _) in zip(z, asked):
        if np.linalg.norm(row) < ws.index["minimumNorm"]:
            before, peak = np.zeros_like(row), 0
        else:
            before, peak = quantised(row, ws.phi)
        if served is not None and peak > 0 and np.abs(served).max() in (peak - 1, peak + 1):
            peak = int(np.abs(served).max())
            before = row / np.abs(row).max() * peak
        u = round_half_up(before).astype(np.int64) if served is None else served
        off = max(off, np.abs(u - before).max())
        S.append(ws.phi[:assigned] @ u)
        unit.append(np.abs(row).max() / peak / ws.index["scale"] if peak > 0 else 0.0)
        # Rounding u and Φ to integers moves a score by this at most.
        most = 0.51 * (np.abs(ws.phi[:assigned]).sum(axis=1) + np.abs(u).sum())
        moved = np.abs(S[-1] - np.clip(real[:assigned], -127, 127) @ before)
        rounding = max(rounding, np.max(moved / most))
    checks.add("u: largest distance of an entry from u before rounding", off, 0.51)
    checks.add("S: largest distance from real numbers, of what rounding allows", rounding, 1)
    exact = influence.exact_scores(g, weights)
    S, unit = np.array(S), np.array(unit)
    scores = S * unit[:, None]
    alike = [correlation(a, b) for a, b in zip(scores, exact)]
    sizes = np.abs(exact).max(axis=1)
    apart = np.abs(scores - exact).max(axis=1) / np.where(sizes > 0, sizes, 1)
    # What the k columns do not keep is part of the difference; 8 bits are the rest.
    lost = np.sqrt(max(0.0, 1 - ws.method["kept"]))
    checks.add("S against all parameters: mean correlation", np.mean(alike), min(1, ws.method["kept"]) - 0.001, at_least=True)
    checks.add("S against all parameters: largest difference, of the request's largest", apart.max(), 0.05 + 2 * lost)
    return x, labels, S, scores, exact


def retrain(ws, best, x, labels, S, limits, checks):
    """What each answer loses when a contributor's rows are left out and the head is trained again."""
    classes, assigned = len(ws.labels), ws.index["assigned"]
    rows = np.arange(len(labels))
    before = log_probabilities(x, best, classes)[rows, labels]
    lost = np.zeros((len(labels), assigned))
    for c in range(assigned):
        left = ws.owners != c
        theta = train(ws.x[left], ws.y[left], classes, ws.trained_ridge, best)
        lost[:, c] = before - log_probabilities(x, theta, classes)[rows, labels]
    spearman = np.array([correlation(ranks(a), ranks(b)) for a, b in zip(S, lost)])
    distance = np.array([np.abs(shares(a) - shares(b)).sum() / 2 for a, b in zip(S, lost)])
    sign = (np.sign(S) == np.sign(lost)).mean()
    checks.add("retraining: mean Spearman of S", spearman.mean(), limits.spearman, at_least=True)
    checks.add("retraining: mean total variation of a fee's shares", distance.mean(), limits.distance)
    checks.add("retraining: share of right signs", sign, limits.sign, at_least=True)
    return lost, spearman, distance


def run(options):
    ws = Workspace(options.workspace, options.index)
    if options.requests is not None:
        asked = [(f"request {i + 1}", row, None, None, None) for i, row in enumerate(ws.asked(options.requests))]
    else:
        asked = ws.traces()
    source = "traces" if options.requests is None else "requests"
    if not asked:
        source = "rows"
        asked = [(f"row {i + 1}", row, None, None, None) for i, row in enumerate(ws.features[: options.most])]
    asked = asked[: options.most]
    checks = Checks()
    checks.add("files: bytes and digests that are not the manifests'", len(ws.broken), 0)
    best = check_model(ws, checks)
    method = ws.method
    influence = Influence(
        ws.x, ws.y, ws.owners, ws.index["assigned"], ws.theta, len(ws.labels), method["ridge"], ws.J, ws.mix,
        method["order"] == 2, method["gradient"] == "objective", method["positionShare"],
    )
    check_sketch(ws, influence, checks)
    weights, real = check_index(ws, influence, checks)
    x, labels, S, scores, exact = check_requests(ws, influence, weights, real, asked, checks)
    lost, spearman, distance = retrain(ws, best, x, labels, S, options, checks)
    counts = np.bincount(ws.owners, minlength=ws.index["assigned"])
    requests = [
        {
            "name": name, "label": ws.labels[labels[q]], "spearman": spearman[q], "totalVariation": distance[q],
            "contributors": [
                {"name": ws.contributors[c], "rows": int(counts[c]), "score": int(S[q, c]), "share": a,
                 "says": scores[q, c] / len(ws.y), "exact": exact[q, c] / len(ws.y), "lost": lost[q, c], "shareOfLoss": b}
                for c, (a, b) in enumerate(zip(shares(S[q]), shares(lost[q])))
            ],
        }
        for q, (name, _, _, _, _) in enumerate(asked)
    ]
    return {
        "holds": all(one["holds"] for one in checks.all), "index": ws.number, "rows": len(ws.y),
        "contributors": ws.index["assigned"], "columns": len(ws.J), "width": ws.mix.shape[0], "askedFrom": source,
        "method": {key: method[key] for key in ("gradient", "order", "ridge", "kept")},
        "broken": ws.broken, "checks": checks.all, "requests": requests,
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("workspace", help="the folder that tributary's --dir names")
    parser.add_argument("--index", type=int, help="its number (default: the newest)")
    parser.add_argument("--requests", help="JSONL of numbers, instead of the workspace's traces")
    parser.add_argument("--most", type=int, default=60, help="requests to look at (default: 60)")
    parser.add_argument("--show", type=int, default=2, help="requests to print (default: 2)")
    parser.add_argument("--spearman", type=float, default=0.95, help="least mean against retraining")
    parser.add_argument("--distance", type=float, default=0.1, help="largest mean total variation of a fee's shares")
    parser.add_argument("--sign", type=float, default=0.95, help="least share of right signs")
    parser.add_argument("--json", action="store_true", help="one JSON object on stdout")
    options = parser.parse_args()
    sys.stdout.reconfigure(encoding="utf-8")
    if options.most < 1:
        parser.error("--most is at least 1")
    try:
        with np.errstate(all="ignore"):  # what is not finite misses its bound
            result = run(options)
    except Refused as error:
        print(f"check.py: {error}", file=sys.stderr)
        return 2
    except (KeyError, TypeError, ValueError, IndexError, AttributeError, ArithmeticError, MemoryError, np.linalg.LinAlgError) as error:
        print(f"check.py: the workspace's files are not of the documented form: {error!r}", file=sys.stderr)
        return 2
    if options.json:
        print(json.dumps(result))
    else:
        show(result, options.show)
    return 0 if result["holds"] else 1


if __name__ == "__main__":
    sys.exit(main())
