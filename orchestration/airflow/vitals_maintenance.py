"""Maintenance of a deployed lake, for those who run Airflow instead of Cloud Scheduler and Workflows.

The steps, their order, their arguments and their minutes are those of the workflow: both come from its file. Deploy this file and
`maintenance.workflow.yaml` (terraform/modules/orchestration) side by side into the DAGs folder. Needs Airflow 3 with the `standard`
provider, and with the `google` provider unless the commands run in a shell.

Airflow Variables: `vitals_lake` (gs://BUCKET/PREFIX, or a folder for the shell) always; `vitals_project` and `vitals_region` on Cloud
Run; `vitals_warehouse` (bigquery:PROJECT) where it is not the project; `vitals_job`, by default vitals-maintenance.

Environment of Airflow, read when the file is parsed: MAINTENANCE_RUNS_ON, `cloud-run` by default, or `shell` where `vitals` is
installed on the workers; MAINTENANCE_SCHEDULE, a cron expression in UTC.
"""

from __future__ import annotations

import os
import re
import shlex
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any, Callable, NamedTuple

import yaml
from airflow.sdk import DAG, BaseOperator

WORKFLOW = "maintenance.workflow.yaml"

# The workflow's variables that an argument may name, as Airflow finds them when a task runs.
TEMPLATES = {
    "lake": "{{ var.value.vitals_lake }}",
    "project": "{{ var.value.vitals_project }}",
    "region": "{{ var.value.vitals_region }}",
    "warehouse": "{{ var.value.get('vitals_warehouse', '') or 'bigquery:' ~ var.value.vitals_project }}",
    "job": "{{ var.value.get('vitals_job', 'vitals-maintenance') }}",
}

# As often as the Cloud Run job may try a task, and a start of it.
TRIES = 3


class Step(NamedTuple):
    name: str
    minutes: int
    args: list[str]


def workflow_path() -> Path:
    """Beside this file, or where the repository has it."""
    here = Path(__file__).resolve().parent
    places = [here / WORKFLOW, here.parents[1] / "terraform" / "modules" / "orchestration" / WORKFLOW]
    for place in places:
        if place.is_file():
            return place
    raise FileNotFoundError(f"{WORKFLOW} is not beside {Path(__file__).name}: copy it there from terraform/modules/orchestration")


def read_steps(path: Path) -> list[Step]:
    """The list that the workflow runs through, in its order."""
    workflow = yaml.safe_load(path.read_text(encoding="utf-8"))
    for step in workflow["main"]["steps"]:
        for assigned in step.get("list_steps", {}).get("assign", []):
            if "steps" in assigned:
                return [Step(**entry) for entry in assigned["steps"]]
    raise ValueError(f"{path.name} has no list of steps in its step list_steps")


def variable_of(argument: str) -> str | None:
    """The variable that an argument is, such as lake for ${lake}; None for plain text."""
    match = re.fullmatch(r"\$\{(\w+)\}", argument)
    if match and match[1] in TEMPLATES:
        return match[1]
    if "${" in argument:
        raise ValueError(f"{argument} is not one of the workflow's variables {', '.join(TEMPLATES)}")
    return None


def templated(argument: str) -> str:
    variable = variable_of(argument)
    return argument if variable is None else TEMPLATES[variable]


def on_cloud_run(step: Step) -> BaseOperator:
    """An execution of the Cloud Run job with the step's arguments, waited for."""
    from airflow.providers.google.cloud.operators.cloud_run import CloudRunExecuteJobOperator

    return CloudRunExecuteJobOperator(
        task_id=step.name,
        project_id=TEMPLATES["project"],
        region=TEMPLATES["region"],
        job_name=TEMPLATES["job"],
        overrides={
            "task_count": 1,
            "timeout": f"{step.minutes * 60}s",
            "container_overrides": [{"args": [templated(argument) for argument in step.args]}],
        },
        execution_timeout=timedelta(minutes=step.minutes * TRIES),
    )


def in_shell(step: Step) -> BaseOperator:
    """The command itself. Values go through the environment, so that none is taken for shell text."""
    from airflow.providers.standard.operators.bash import BashOperator

    def word(argument: str) -> str:
        variable = variable_of(argument)
        return shlex.quote(argument) if variable is None else f'"${variable}"'

    named = [variable for argument in step.args if (variable := variable_of(argument))]
    return BashOperator(
        task_id=step.name,
        bash_command=" ".join(["exec", "vitals", *map(word, step.args)]),
        env={variable: TEMPLATES[variable] for variable in named},
        append_env=True,
        execution_timeout=timedelta(minutes=step.minutes),
    )


RUNNERS: dict[str, Callable[[Step], BaseOperator]] = {"cloud-run": on_cloud_run, "shell": in_shell}


def build_dag(environment: Any = os.environ) -> DAG:
    runs_on = environment.get("MAINTENANCE_RUNS_ON", "cloud-run")
    if runs_on not in RUNNERS:
        raise ValueError(f"MAINTENANCE_RUNS_ON is {runs_on}: it must be one of {', '.join(RUNNERS)}")
    with DAG(
        dag_id="vitals_maintenance",
        description="Keeps a deployed lake in order: each task is a vitals command",
        doc_md=__doc__,
        schedule=environment.get("MAINTENANCE_SCHEDULE", "0 2 * * *"),
        start_date=datetime(2026, 1, 1, tzinfo=timezone.utc),
        # A run looks at the lake as it is: to catch up on those that were missed would do the same work again.
        catchup=False,
        max_active_runs=1,
        default_args={"owner": "vitals", "retries": 1, "retry_delay": timedelta(minutes=5)},
        tags=["vitals"],
    ) as dag:
        tasks = [RUNNERS[runs_on](step) for step in read_steps(workflow_path())]
        for before, after in zip(tasks, tasks[1:]):
            before >> after
    return dag


dag = build_dag()
