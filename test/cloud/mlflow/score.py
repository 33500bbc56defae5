"""Scores a CSV file with models of an MLflow registry: one JSON list of scores (null for NaN) a line, in the order of the URIs.

  score.py FILE.csv models:/NAME@ALIAS [models:/NAME/VERSION]...
"""

import json
import sys

import mlflow
import pandas


def main(path, *uris):
    rows = pandas.read_csv(path)
    for uri in uris:
        scores = mlflow.pyfunc.load_model(uri).predict(rows)
        print(json.dumps([None if score != score else float(score) for score in scores]))


main(*sys.argv[1:])
