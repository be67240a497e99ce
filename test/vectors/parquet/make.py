"""Makes the Parquet files beside it, with other people's tools: python -m venv v && v/bin/pip install pyarrow==26.0.1 datasets==5.2.0"""

import pyarrow as pa
import pyarrow.parquet as pq
from datasets import ClassLabel, Dataset, Features, Image, Value

N = 12

# As Hugging Face's hub has it: classes by number with their names beside, in row groups of five.
Dataset.from_dict(
    {
        "text": [f"lamp {i} is broken" if i % 2 == 0 else f"when does boat {i} leave" for i in range(N)],
        "label": [i % 2 for i in range(N)],
        "who": [1234567890123456780 + i % 3 for i in range(N)],
    },
    features=Features(
        {"text": Value("string"), "label": ClassLabel(names=["fault", "time"]), "who": Value("int64")}
    ),
).to_parquet("hub.parquet", batch_size=5)

# A test part of the hub: -1 where nobody may know the label.
Dataset.from_dict(
    {"text": [f"text {i}" for i in range(N)], "label": [-1 if i % 3 == 2 else i % 3 for i in range(N)]},
    features=Features({"text": Value("string"), "label": ClassLabel(names=["fault", "time"])}),
).to_parquet("unlabelled.parquet")

Dataset.from_dict(
    {"image": [None] * 4, "label": [0, 1, 0, 1]},
    features=Features({"image": Image(), "label": ClassLabel(names=["a", "b"])}),
).to_parquet("image.parquet")

# Every type that a row has a use for, and every compression that Arrow writes.
numbers = pa.table(
    {
        "double": pa.array([i / 3 for i in range(N)], pa.float64()),
        "float": pa.array([i / 4 for i in range(N)], pa.float32()),
        "half": pa.array([i / 8 for i in range(N)], pa.float16()),
        "int8": pa.array([i - 6 for i in range(N)], pa.int8()),
        "uint64": pa.array([2**64 - 1 - i for i in range(N)], pa.uint64()),
        "decimal": pa.array([i for i in range(N)], pa.decimal128(20, 2)),
        "list": pa.array([[i, i / 2] for i in range(N)], pa.list_(pa.float64())),
        "truth": pa.array([i % 2 == 0 for i in range(N)], pa.bool_()),
        "category": pa.array(["odd" if i % 2 else "even" for i in range(N)]).dictionary_encode(),
        "__proto__": pa.array([f"p{i % 3}" for i in range(N)]),
    }
)
codecs = ["zstd", "snappy", "gzip", "brotli", "lz4", "none"]
pq.write_table(
    numbers,
    "numbers.parquet",
    compression={name: codecs[i % len(codecs)] for i, name in enumerate(numbers.column_names)},
)

# What has no use: bytes, times, structures; a gap; and a column of strings that are not UTF-8.
pq.write_table(
    pa.table(
        {
            "bytes": pa.array([b"\xff\x00"] * 4, pa.binary()),
            "time": pa.array([0, 1, 2, 3], pa.timestamp("ms")),
            "struct": pa.array([{"a": 1}] * 4, pa.struct([("a", pa.int64())])),
            "gap": pa.array([1.0, None, 3.0, float("nan")], pa.float64()),
            "label": pa.array(["a", "b", "a", "b"]),
            "broken": pa.Array.from_buffers(
                pa.string(), 4, pa.array([b"caf\xe9", b"caf\xe8", b"x", b"y"], pa.binary()).buffers()
            ),
        }
    ),
    "odd.parquet",
)
