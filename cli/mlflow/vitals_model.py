"""Scores with a model folder of vitals-lakehouse, by NumPy alone: the loader of an MLflow python_function model.

Reads model.json and weights.bin as docs/model-format.md describes them. A score agrees with that of `vitals model score` on the
same row within 1e-9. NaN or None is a missing value; a row with fewer than half of its features scores NaN.
"""

import hashlib
import json
import os
import struct

import numpy as np

FOREST_HEADER = struct.Struct("<8s6Id")
NETWORK_HEADER = struct.Struct("<8s5I")
LAYER = struct.Struct("<3I")

# Scaled values are held within so many deviations.
SCALED_LIMIT = 10


class Encoder:
    """Turns features into the numbers that an algorithm works on: scaled, the missing filled in, with indicators where it has any."""

    def __init__(self, features):
        self.features = features
        # By slot: its feature, and whether it holds a value (not an indicator).
        self.feature_of, self.is_value = [], []
        for place, feature in enumerate(features):
            values = 2 if self._kind(feature) == "cycle" else 1
            indicators = 1 if feature["scaling"] != "none" and feature["scaling"]["indicator"] else 0
            self.feature_of += [place] * (values + indicators)
            self.is_value += [True] * values + [False] * indicators

    def encode(self, rows):
        slots = []
        for place, feature in enumerate(self.features):
            column = rows[:, place]
            missing = np.isnan(column)
            slots += [np.where(missing, absent, values) for values, absent in self._values(feature, column)]
            if feature["scaling"] != "none" and feature["scaling"]["indicator"]:
                slots.append(missing.astype(np.float64))
        return np.column_stack(slots)

    @staticmethod
    def _kind(feature):
        return "identity" if feature["scaling"] == "none" else feature["scaling"]["kind"]

    def _values(self, feature, column):
        """Pairs of numbers and what stands for a missing one."""
        kind, scaling = self._kind(feature), feature["scaling"]
        if kind == "identity":
            return [(column, feature["median"])]
        if kind == "standard":
            scaled = (column - scaling["mean"]) * (1 / scaling["deviation"])
            return [(np.clip(scaled, -SCALED_LIMIT, SCALED_LIMIT), 0.0)]
        angle = 2 * np.pi * np.mod(column / scaling["period"], 1)
        return [(np.sin(angle), 0.0), (np.cos(angle), 0.0)]


def is_scorable(rows):
    """Rows with at least half of their features."""
    return 2 * np.isnan(rows).sum(axis=1) <= rows.shape[1]


class Forest:
    """An isolation forest (Liu, Ting and Zhou 2008): 2^-(mean path length / c(sample size))."""

    def __init__(self, weights, encoder):
        magic, layout, slots, trees, _, _, nodes, self.normalizer = FOREST_HEADER.unpack_from(weights)
        require(magic == b"VITALSIF" and layout == 1, "is not the weights of a forest in layout 1")
        require(slots == len(encoder.feature_of), f"is made for {slots} numbers a row, model.json for {len(encoder.feature_of)}")
        start = FOREST_HEADER.size
        self.encoder = encoder
        self.sizes = np.frombuffer(weights, "<u4", trees, start + 8 * nodes)
        self.value = np.frombuffer(weights, "<f8", nodes, start)
        self.feature = np.frombuffer(weights, "<i4", nodes, start + 12 * nodes + 4 * trees)

    def score(self, rows):
        encoded = self.encoder.encode(rows)
        lengths = np.zeros(len(rows))
        for start, end in self._bounds():
            lengths += self._path_lengths(encoded, self.feature[start:end], self.value[start:end])
        scores = np.exp2(-lengths / (len(self.sizes) * self.normalizer))
        return np.where(is_scorable(rows), scores, np.nan)

    def _bounds(self):
        ends = np.cumsum(self.sizes, dtype=np.int64)
        return zip(ends - self.sizes, ends)

    @staticmethod
    def _path_lengths(rows, feature, value):
        """All rows go down one tree level by level; those at a leaf stay. The k-th split's children are 2k + 1 and 2k + 2."""
        is_split = feature >= 0
        left = 2 * (np.cumsum(is_split) - 1) + 1
        at = np.zeros(len(rows), np.int64)
        moving = np.flatnonzero(is_split[at])
        while len(moving):
            node = at[moving]
            at[moving] = left[node] + (rows[moving, feature[node]] >= value[node])
            moving = moving[is_split[at[moving]]]
        return value[at]


class Autoencoder:
    """Dense layers that give back what they were given; the score of a row's squared error e is e / (e + what is typical)."""

    def __init__(self, weights, encoder):
        magic, layout, features, slots, steps, layers = NETWORK_HEADER.unpack_from(weights)
        require(magic == b"VITALSNN" and layout == 1 and steps == 1, "is not the weights of an autoencoder in layout 1")
        require(slots == len(encoder.feature_of), f"is made for {slots} numbers a row, model.json for {len(encoder.feature_of)}")
        self.encoder = encoder
        at = NETWORK_HEADER.size
        shapes = [LAYER.unpack_from(weights, at + LAYER.size * i) for i in range(layers)]
        at += LAYER.size * layers
        self.typical = np.frombuffer(weights, "<f8", features, at).sum()
        at += 8 * features
        self.layers = []
        for kind, inputs, outputs in shapes:
            require(kind in (0, 1), "has a layer that an autoencoder has not")
            kernel = np.frombuffer(weights, "<f4", inputs * outputs, at).astype(np.float64).reshape(inputs, outputs)
            bias = np.frombuffer(weights, "<f4", outputs, at + 4 * inputs * outputs).astype(np.float64)
            at += 4 * (inputs + 1) * outputs
            self.layers.append((kernel, bias, kind == 1))

    def score(self, rows):
        encoded = self.encoder.encode(rows)
        values = encoded
        for kernel, bias, is_softsign in self.layers:
            values = values @ kernel + bias
            if is_softsign:
                values = values / (1 + np.abs(values))
        # A value that is missing has no error; that it is missing may have one.
        is_missing = np.isnan(rows)[:, self.encoder.feature_of] & np.array(self.encoder.is_value)
        error = np.where(is_missing, 0.0, (encoded - values) ** 2).sum(axis=1)
        return np.where(is_scorable(rows), error / (error + self.typical), np.nan)


SCORERS = {"forest": Forest, "autoencoder": Autoencoder}


def require(condition, problem):
    if not condition:
        raise ValueError(f"weights.bin {problem}")


class Model:
    """What mlflow.pyfunc asks for: predict() gives one score a row, higher is more anomalous."""

    def __init__(self, document, scorer):
        self.names = [feature["name"] for feature in document["features"]]
        self.threshold = document["threshold"]
        self.scorer = scorer

    def predict(self, model_input, params=None):
        return self.scorer.score(np.column_stack([self._column(model_input, name) for name in self.names]))

    @staticmethod
    def _column(model_input, name):
        column = model_input[name]
        if hasattr(column, "to_numpy"):
            return column.to_numpy(np.float64, na_value=np.nan)
        return np.asarray(column, np.float64)


def _load_pyfunc(path):
    with open(os.path.join(path, "model.json"), encoding="utf-8") as file:
        document = json.load(file)
    if document["format"] not in (1, 2) or document["kind"] not in SCORERS:
        raise ValueError(f"model.json has format {document['format']} and kind {document['kind']}: this loader reads {', '.join(SCORERS)}")
    with open(os.path.join(path, document["weights"]["file"]), "rb") as file:
        weights = file.read()
    require(hashlib.sha256(weights).hexdigest() == document["weights"]["sha256"], "is not the file that model.json was written with")
    return Model(document, SCORERS[document["kind"]](weights, Encoder(document["features"])))
