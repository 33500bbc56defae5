/** Setup of the worker processes of a pool (beam/portable/worker-setup.ts): the graph's DoFns, and what they take by name. */
import 'vitals-lakehouse/beam/testing/index';
import 'vitals-lakehouse/pipeline/graph';
import { provideShareResources } from 'vitals-lakehouse/pipeline/engines/micro-batch/share-resources';
import { DEVELOPMENT_PSEUDONYM_KEY } from 'vitals-lakehouse/transforms/pseudonym';

/** @param graph options of the graph, by whose names the resources are provided */
export function setUpWorker(graph) {
  provideShareResources({
    graph,
    resources: { pseudonymKey: DEVELOPMENT_PSEUDONYM_KEY, patients: null, model: null },
  });
}
