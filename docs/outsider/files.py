"""Reads a workspace's files with the standard library and numpy: bounded, regular files only, no pickle, nothing written."""

import hashlib
import json
import os
import stat

import numpy as np

MOST_TEXT = 1 << 24
MOST_ROWS_FILE = 1 << 28


class Refused(Exception):
    """The input is none that this script reads: exit code 2."""


def read_bytes(path, most):
    """A regular file of at most `most` bytes: no link, pipe or device."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError as error:
        raise Refused(f"{path}: {error.strerror}") from None
    with os.fdopen(handle, "rb") as file:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise Refused(f"{path}: not a regular file")
        data = file.read(most + 1)
    if len(data) > most:
        raise Refused(f"{path}: more than {most} bytes")
    return data


def parse_json(text, path):
    def no_constant(name):
        raise ValueError(f"{name} is no number of JSON")

    try:
        return json.loads(text, parse_constant=no_constant)
    except (ValueError, RecursionError) as error:
        raise Refused(f"{path}: {error}") from None


def read_json(path):
    return parse_json(read_bytes(path, MOST_TEXT), path)


def sha256(data):
    return "0x" + hashlib.sha256(data).hexdigest()


class Artifact:
    """A folder of the workspace: manifest.json, and files that it binds by their SHA-256."""

    def __init__(self, folder, form):
        self.folder = folder
        path = os.path.join(folder, "manifest.json")
        text = read_bytes(path, MOST_TEXT)
        manifest = parse_json(text, path)
        if not isinstance(manifest, dict) or manifest.get("format") != form or manifest.get("version") != 1:
            raise Refused(f"{path}: not a {form} of version 1")
        self.body, self.listed = manifest.get("body"), manifest.get("files")
        self.digest = sha256(text)
        #: Names of files whose bytes are not those that the manifest binds.
        self.changed = []

    def file(self, name, most=MOST_ROWS_FILE):
        data = read_bytes(os.path.join(self.folder, name), most)
        if sha256(data) != self.listed[name]["sha256"]:
            self.changed.append(os.path.join(self.folder, name))
        return data

    def array(self, name, kind, shape):
        """Little-endian numbers of exactly this shape."""
        size = int(np.prod(shape)) * np.dtype(kind).itemsize
        data = self.file(name, size)
        if len(data) != size:
            raise Refused(f"{self.folder}/{name}: {len(data)} bytes, not {size}")
        values = np.frombuffer(data, dtype=kind).reshape(shape)
        if not np.isfinite(values).all():
            raise Refused(f"{self.folder}/{name}: not finite")
        return values


def _varint(data, at):
    value = shift = 0
    while True:
        byte = data[at]
        value |= (byte & 127) << shift
        at, shift = at + 1, shift + 7
        if byte < 128:
            return value, at
        if shift > 63:
            raise ValueError("a number of more than ten bytes")


def _fields(data):
    """(number, value) of each field of a protobuf message; bytes for what has a length."""
    at = 0
    while at < len(data):
        key, at = _varint(data, at)
        if key & 7 == 0:
            value, at = _varint(data, at)
        elif key & 7 == 2:
            size, at = _varint(data, at)
            value, at = data[at : at + size], at + size
        else:
            size = {1: 8, 5: 4}[key & 7]
            value, at = data[at : at + size], at + size
        if at > len(data):
            raise ValueError("a field that is cut off")
        yield key >> 3, value


def scaling_of(onnx, width):
    """mean and factor of the built-in base for numbers: hidden = (features − mean)·factor, in float32.

    ModelProto.graph is field 7; GraphProto: node 1, initializer 5; NodeProto: op_type 4; TensorProto: dims 1, data_type 2
    (1 is float32), float_data 4, name 8, raw_data 9.
    """
    try:
        (graph,) = [value for number, value in _fields(onnx) if number == 7]
        parts = list(_fields(graph))
        operators = [v for number, node in parts if number == 1 for n, v in _fields(node) if n == 4]
        constants = {}
        for number, tensor in parts:
            if number != 5:
                continue
            fields = list(_fields(tensor))
            name = b"".join(v for n, v in fields if n == 8).decode()
            raw = b"".join(v for n, v in fields if n in (4, 9))
            if [v for n, v in fields if n == 2] != [1]:
                raise ValueError(f"{name} is not float32")
            constants[name] = np.frombuffer(raw, dtype="<f4")
        mean, factor = constants["mean"], constants["factor"]
        if operators != [b"Sub", b"Mul"] or mean.shape != (width,) or factor.shape != (width,):
            raise ValueError("other operators or shapes")
    except (ValueError, KeyError, IndexError, TypeError) as error:
        raise Refused(f"the base is not the built-in one for numbers: {error}") from None
    return mean, factor
