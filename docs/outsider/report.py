"""What was compared, and how it is printed."""

import numpy as np


class Checks:
    """What was compared, by what it was held against."""

    def __init__(self):
        self.all = []

    def add(self, name, value, bound, at_least=False):
        value = float(value)
        holds = bool(value >= bound if at_least else value <= bound)
        shown = value if np.isfinite(value) else None
        self.all.append({"name": name, "value": shown, "bound": float(bound), "atLeast": at_least, "holds": holds})


def plain(text):
    """A name of a stranger's choice, without what a terminal would take for an order."""
    return ascii(text)[1:-1][:40]


def show(result, most):
    rule = result["method"]
    print(f"index {result['index']}: {result['rows']} rows of {result['contributors']} contributors, "
          f"{rule['gradient']}, order {rule['order']}, λ {rule['ridge']:g}, {result['width']} of {result['columns']} columns, "
          f"kept {rule['kept']:.4f}\n")
    for line in result["broken"]:
        print(f"     {line}")
    for one in result["checks"]:
        sign = "≥" if one["atLeast"] else "≤"
        value = "not finite" if one["value"] is None else f"{one['value']:.4g}"
        print(f"{'ok  ' if one['holds'] else 'FAIL'} {one['name']}: {value} ({sign} {one['bound']:.4g})")
    print(f"\n{len(result['requests'])} requests from {result['askedFrom']}; the first of them, "
          "in nats of log-likelihood that the answer loses without the contributor (lost), and what S says of it:")
    for request in result["requests"][:most]:
        print(f"\n{request['name']}, {plain(request['label'])}: Spearman {request['spearman']:.3f}, "
              f"shares apart by {request['totalVariation']:.3f}")
        print("   rows        S  S says   lost     paid   if retraining paid   contributor")
        for c in request["contributors"]:
            print(f"  {c['rows']:5d} {c['score']:8d} {c['says']:8.4f} {c['lost']:8.4f} {c['share']:7.1%} {c['shareOfLoss']:12.1%}"
                  f"           {plain(c['name'])}")
