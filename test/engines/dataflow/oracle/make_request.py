"""The job request that Beam Python 2.49.0 makes of a pipeline, and what Google's own messages say of both requests.

Its job service hands every pipeline to DataflowRunner.run_pipeline, as is done here; instead of uploading and posting, the
pipeline is kept and the request is printed. Nothing reaches a network.

usage: make_request.py PIPELINE.pb OURS.json [pipeline options...]
"""
import json
import logging
import sys
import warnings

warnings.filterwarnings("ignore")
logging.disable(logging.CRITICAL)

from apache_beam.options.pipeline_options import PipelineOptions
from apache_beam.portability.api import beam_runner_api_pb2
from apache_beam.runners.dataflow import dataflow_runner
from apache_beam.runners.dataflow.internal import apiclient
from google.cloud import dataflow
from google.protobuf import json_format


class Captured(Exception):
    """The request is made: nothing further is wanted of the runner."""


def python_request(pipeline, options):
    """The body that would be posted, as JSON."""
    captured = {}

    def keep(client, job):
        captured["job"] = json.loads(job.json())
        raise Captured()

    client = apiclient.DataflowApplicationClient
    client.stage_file = lambda *args, **kwargs: None
    client.submit_job_description = keep
    try:
        dataflow_runner.DataflowRunner().run_pipeline(None, PipelineOptions([*options, "--no_auth"]), pipeline)
    except Captured:
        pass
    return captured["job"]


def strict_fault(request):
    """Why Google's own message refuses a request; null when it parses. Unknown fields and values are refused."""
    try:
        json_format.Parse(json.dumps(request), dataflow.Job.pb(dataflow.Job()))
        return None
    except json_format.ParseError as error:
        return str(error)


def fields_of(descriptor, known):
    """Every message that a job can hold: JSON names of its fields with their types."""
    if descriptor.name in known:
        return known
    known[descriptor.name] = {}
    for field in descriptor.fields:
        kind = field.message_type or field.enum_type
        name = kind.name if kind is not None else str(field.cpp_type)
        known[descriptor.name][field.json_name] = name
        if field.message_type is not None and not field.message_type.full_name.startswith("google.protobuf."):
            fields_of(field.message_type, known)
    return known


def enums():
    names = ["JobType", "JobState", "AutoscalingAlgorithm", "WorkerIPAddressConfiguration"]
    return {name: list(getattr(dataflow, name).__members__) for name in names}


if __name__ == "__main__":
    proto = beam_runner_api_pb2.Pipeline.FromString(open(sys.argv[1], "rb").read())
    ours = json.load(open(sys.argv[2]))
    theirs = python_request(proto, sys.argv[3:])
    print(json.dumps({
        "theirs": theirs,
        "faults": {"ours": strict_fault(ours), "theirs": strict_fault(theirs)},
        "messages": fields_of(dataflow.Job.pb(dataflow.Job()).DESCRIPTOR, {}),
        "enums": enums(),
    }))
