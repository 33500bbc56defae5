"""Scores a CSV file of numbers (empty is missing) with ONNX models: one JSON list of scores (null for NaN) a line, model by model.

  score_onnx.py FILE.csv MODEL.onnx...
"""

import json
import sys

import numpy
import onnxruntime


def main(path, *models):
    rows = numpy.genfromtxt(path, delimiter=",", filling_values=numpy.nan, ndmin=2)
    for model in models:
        session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
        (scores,) = session.run(["scores"], {"rows": rows})
        about = session.get_modelmeta().custom_metadata_map
        print(json.dumps([about["model_id"], [None if score != score else float(score) for score in scores]]))


main(*sys.argv[1:])
