"""Runs the DAG of a folder once in this process, without the tasks of a pattern, and prints how each task ended as JSON."""

import json
import sys

from airflow.models.dagbag import DagBag

dag = DagBag(sys.argv[1], include_examples=False).dags["vitals_maintenance"]
run = dag.test(mark_success_pattern=sys.argv[2])
print(json.dumps({"state": run.state, "tasks": {task.task_id: task.state for task in run.get_task_instances()}}))
