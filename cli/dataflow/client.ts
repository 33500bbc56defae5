import { DATAFLOW_ENDPOINT, dataflowAuthorizer } from '../../pipeline/engines/dataflow/credentials.js';
import { DataflowClient } from '../../pipeline/engines/dataflow/dataflow-client.js';
import type { JobPlace } from '../../pipeline/engines/dataflow/options.js';
import { sleep } from '../../pipeline/sleep.js';

/** The client of the Dataflow API, or of a stand-in for it. */
export function openClient(place: JobPlace, endpoint: string = DATAFLOW_ENDPOINT): DataflowClient {
  return new DataflowClient(endpoint.replace(/\/$/, ''), place, {
    authorize: dataflowAuthorizer(endpoint),
    sleep,
  });
}
