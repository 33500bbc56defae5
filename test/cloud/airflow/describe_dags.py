"""Loads folders as Airflow does and prints what it has found in each as a JSON list: errors, and each task with its arguments rendered.

The argument is a JSON list of {"folder": ..., "environment": {...}}: one process, because Airflow takes seconds to start.
"""

import json
import os
import sys
from unittest.mock import patch

from airflow.models.dagbag import DagBag
from airflow.sdk.execution_time.context import VariableAccessor
from google.cloud import run_v2

CONTEXT = {"var": {"value": VariableAccessor(deserialize_json=False)}}


def describe_task(task):
    task.render_template_fields(CONTEXT)
    described = {
        "operator": type(task).__name__,
        "name": task.task_id,
        "retries": task.retries,
        "minutes": task.execution_timeout.total_seconds() / 60,
        "waits_for": sorted(task.upstream_task_ids),
    }
    if described["operator"] == "BashOperator":
        return described | {"command": task.bash_command, "environment": task.env}
    return described | {"request": request_of(task)}


def request_of(task):
    """What the operator sends, through the message of the API itself: a field that it does not know is an error."""
    name = f"projects/{task.project_id}/locations/{task.region}/jobs/{task.job_name}"
    request = run_v2.RunJobRequest(name=name, overrides=task.overrides)
    return {
        "name": request.name,
        "args": [list(container.args) for container in request.overrides.container_overrides],
        "tasks": request.overrides.task_count,
        "seconds": request.overrides.timeout.total_seconds(),
    }


def describe_dag(dag):
    return {
        "schedule": dag.schedule,
        "catchup": dag.catchup,
        "max_active_runs": dag.max_active_runs,
        "tasks": [describe_task(task) for task in dag.topological_sort()],
    }


def describe(case):
    with patch.dict(os.environ, case["environment"]):
        bag = DagBag(case["folder"], include_examples=False)
        errors = [text.strip().splitlines()[-1] for text in bag.import_errors.values()]
        return {"errors": errors, "dags": {name: describe_dag(dag) for name, dag in bag.dags.items()}}


print(json.dumps([describe(case) for case in json.loads(sys.argv[1])]))
