"""What a workspace says: rows, base, head, sketch, index and traces of one softmax head on the built-in base for numbers."""

import os
import re

import numpy as np

from files import MOST_ROWS_FILE, MOST_TEXT, Artifact, Refused, parse_json, read_bytes, read_json, scaling_of

#: Above these, dense algebra in all parameters would take more than a desk's machine.
MOST_ROWS, MOST_PARAMETERS, MOST_COLUMNS, MOST_POSITIONS, MOST_TRACES = 4096, 2048, 1536, 1 << 14, 10_000


def newest(folder):
    try:
        numbers = [int(name) for name in os.listdir(folder) if re.fullmatch("[1-9][0-9]{0,8}", name)]
    except OSError as error:
        raise Refused(f"{folder}: {error.strerror}") from None
    if not numbers:
        raise Refused(f"{folder}: no index; build one with: tributary index build")
    return max(numbers)


def require(holds, why):
    if not holds:
        raise Refused(why)


def numbers_of(values, width, where):
    good = isinstance(values, list) and len(values) == width
    require(good and all(type(x) in (int, float) for x in values), f"{where}: not {width} numbers")
    try:
        row = np.array(values, dtype=np.float64)
    except OverflowError:
        raise Refused(f"{where}: a number out of range") from None
    require(np.isfinite(row).all(), f"{where}: a number out of range")
    return row


class Workspace:
    def __init__(self, folder, number=None):
        self.folder = folder
        self.number = newest(os.path.join(folder, "index")) if number is None else number
        at = lambda *parts: os.path.join(folder, *map(str, parts))
        datanet = Artifact(at("datanet"), "tributary-datanet")
        base = Artifact(at("model", self.number, "base"), "tributary-base")
        adapter = Artifact(at("model", self.number, "adapter"), "tributary-adapter")
        index = Artifact(at("index", self.number, "index"), "tributary-index")
        sketch = Artifact(at("index", self.number, "sketch"), "tributary-sketch")
        self.index, self.method = index.body, index.body["method"]
        self._refuse_others(datanet.body, base.body, adapter.body)
        self.labels, self.contributors = adapter.body["labels"], datanet.body["contributors"]
        self._read_rows(datanet)
        self._read_model(base, adapter)
        self._read_sketch(sketch.body, sketch)
        self._read_index(index)
        artifacts = (datanet, base, adapter, index, sketch)
        #: What the manifests bind and is not so.
        self.broken = [f"{path}: its SHA-256 is not the manifest's" for one in artifacts for path in one.changed]
        bound = (
            ("the index's base", self.index["base"], base.digest),
            ("the adapter's base", adapter.body["base"], base.digest),
            ("the index's adapter", self.index["adapters"], [adapter.digest]),
            ("the sketch's adapter", sketch.body["adapters"], [adapter.digest]),
            ("the index's sketch", self.index["sketch"], sketch.digest),
            ("the index's DataNet", self.index["datanet"], adapter.body["datanet"]),
            ("the DataNet's version", [self.index["datanet"]], [
                {"root": version["root"], "version": version["number"]}
                for version in datanet.body["versions"]
                if version["number"] == self.index["datanet"]["version"]
            ]),
        )
        self.broken += [f"{what} is another one" for what, one, other in bound if one != other]

    def _refuse_others(self, datanet, base, adapter):
        method, near = self.method, self.index["nearDuplicates"]
        require(adapter["kind"] == "linear" and len(self.index["adapters"]) == 1, "the model is not one softmax head")
        require(datanet["kind"] == "numeric" and base["preprocessing"]["kind"] == "numeric", "rows are not numbers")
        plain = method["name"] == "influence" and method["init"] == "pca"
        require(plain and method["normalise"] == "none" and method["rowCap"] == 100, "another method than influence")
        require(method["fitRows"] == self.index["rows"] <= MOST_ROWS, f"more than {MOST_ROWS} rows, or a sample of them")
        require(method["gradient"] in ("objective", "loss") and method["order"] in (1, 2), "an unknown gradient or order")
        require(near["rule"] in ("share", "first", "off"), "an unknown rule for near-duplicates")
        require(0 < method["ridge"] < 1e6 and 0 <= method["positionShare"] <= 1, "λ or the share of positions")
        require(0 < self.index["scale"] < 1e300 and 0 < self.index["clipPercentile"] <= 100, "the scale of Φ")
        require(0 <= self.index["minimumNorm"] < 1 and -1 <= method["kept"] <= 2, "the least norm or the share kept")
        require(1 <= self.index["assigned"] <= self.index["positions"] <= MOST_POSITIONS, "the number of positions")
        require(1 <= method["columns"] <= MOST_COLUMNS and 1 <= self.index["width"] <= MOST_COLUMNS, "columns")

    def _read_rows(self, datanet):
        width, label_of = datanet.body["dimension"], {name: i for i, name in enumerate(self.labels)}
        owner_of = {name: i for i, name in enumerate(self.contributors)}
        features, labels, owners = [], [], []
        for at, line in enumerate(datanet.file("rows.jsonl", MOST_ROWS_FILE).splitlines()):
            row = parse_json(line, f"rows.jsonl, line {at + 1}")
            if row["version"] > self.index["datanet"]["version"]:
                continue
            require(len(labels) < MOST_ROWS, f"more than {MOST_ROWS} rows")
            features.append(numbers_of(row["features"], width, f"rows.jsonl, line {at + 1}"))
            labels.append(label_of[row["label"]])
            owners.append(owner_of[row["contributor"]])
        require(len(labels) == self.index["rows"], f"{len(labels)} rows, not {self.index['rows']}")
        self.features, self.y, self.owners = np.array(features), np.array(labels), np.array(owners)
        require(len(set(owners)) > 1, "one contributor has all rows: there is nothing to train on without it")

    def _read_model(self, base, adapter):
        width, classes = self.features.shape[1], len(self.labels)
        require(classes * (width + 1) <= MOST_PARAMETERS, f"more than {MOST_PARAMETERS} parameters")
        self.mean, self.factor = scaling_of(base.file("base.onnx"), width)
        offset = base.body["preprocessing"].get("offset")
        self.offset = np.zeros(width) if offset is None else numbers_of(offset, width, "offset")
        weights = adapter.array("weights.f32", "<f4", (classes, width))
        bias = adapter.array("bias.f32", "<f4", (classes, 1))
        self.theta = np.hstack([weights, bias]).astype(np.float64).ravel()
        self.trained_ridge = adapter.body["report"]["ridge"]
        require(0 < self.trained_ridge < 1e6, "the head's λ")
        self.x = self.inputs(self.features)

    def _read_sketch(self, body, files):
        (layer,) = body["layers"]
        width, classes, columns = self.features.shape[1] + 1, len(self.labels), self.method["columns"]
        (p, q), kept = (layer["input"]["rows"], layer["output"]["rows"]), body["mix"]["rows"]
        require(1 <= p <= width and 1 <= q <= classes, "the sketch's shapes")
        require(1 <= kept <= self.index["width"] and body["mix"]["columns"] == columns, "the sketch's mix")
        self.P_in = files.array("input-0.f32", "<f4", (p, width)).astype(np.float64)
        self.P_out = files.array("output-0.f32", "<f4", (q, classes)).astype(np.float64)
        self.mix = files.array("mix.f32", "<f4", (kept, columns)).astype(np.float64)
        i, o = np.array(layer["inputOf"]), np.array(layer["outputOf"])
        for of, rows in ((i, p), (o, q)):
            good = of.shape == (columns,) and of.dtype.kind == "i" and of.min() >= 0 and of.max() < rows
            require(good, "inputOf or outputOf")
        #: K × parameters: column m of a gradient δ ⊗ x is (P_out·δ)[o_m]·(P_in·x)[i_m].
        self.J = (self.P_out[o][:, :, None] * self.P_in[i][:, None, :]).reshape(columns, -1)

    def _read_index(self, files):
        shape = (self.index["positions"], self.index["width"])
        self.phi = files.array("phi.i8", "i1", shape).astype(np.int64)
        self.row_influence = files.array("rows.f32", "<f4", (len(self.y), shape[1])).astype(np.float64)
        same = np.array_equal(files.array("owners.u32", "<u4", self.owners.shape), self.owners)
        require(same, "owners.u32 is not the rows' contributors")

    def inputs(self, features):
        """[h; 1], h = (features − mean)·factor in float32, as the graph has it; an offset is subtracted before, in float64."""
        h = ((features - self.offset).astype(np.float32) - self.mean) * self.factor
        return np.hstack([h.astype(np.float64), np.ones((len(h), 1))])

    def traces(self):
        """(name, features, label, u, probability) of the answers that were served with this index."""
        folder, found = os.path.join(self.folder, "traces"), []
        names = os.listdir(folder) if os.path.isdir(folder) else []
        for name in sorted(n for n in names if re.fullmatch(r"[0-9]{1,80}-[0-9]{1,80}\.json", n))[:MOST_TRACES]:
            trace = read_json(os.path.join(folder, name))
            if trace["epoch"] != self.number:
                continue
            u = np.frombuffer(bytes.fromhex(trace["u"]), dtype=np.int8).astype(np.int64)
            require(u.shape == (self.index["width"],), f"{name}: u")
            request = numbers_of(trace["request"], self.features.shape[1], name)
            found.append((name[:-5], request, self.labels.index(trace["label"]), u, float(trace["probability"])))
        return found

    def asked(self, file):
        """Requests of a JSONL file: lists of numbers, or objects with features."""
        rows = [parse_json(line, file) for line in read_bytes(file, MOST_TEXT).splitlines() if line.strip()]
        require(0 < len(rows) <= MOST_TRACES, f"{file}: {len(rows)} requests")
        rows = [row["features"] if isinstance(row, dict) else row for row in rows]
        return np.array([numbers_of(row, self.features.shape[1], file) for row in rows])
