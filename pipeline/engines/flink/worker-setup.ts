import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SetUpWorker } from '../../../beam/portable/index.js';
import { DOCUMENT_FILE, WEIGHTS_FILE } from '../../../model/model-document.js';
import { provideShareResources } from '../micro-batch/share-resources.js';
import type { ResourceFolder } from './resource-folder.js';
import { CHALLENGER_PREFIX, KEY_FILE, PATIENTS_FILE } from './resource-folder.js';
// The DoFns of a job register themselves when their modules are loaded.
import '../../graph.js';
import '../../sources/read-frozen-parts.js';
import './write-outcome.js';

/** Gives a worker process what the DoFns of a graph name: the pseudonymizer, the patients, the model. */
export const setUpWorker: SetUpWorker = async (argument) => {
  // Ctrl-C reaches the whole group, but it is for the engine: it finishes what runs, and then ends its workers.
  process.on('SIGINT', () => undefined);
  const { folder, graph, hasPatients, hasModel, hasChallenger } = argument as ResourceFolder;
  const read = (file: string) => readFile(join(folder, file));
  const readModel = async (prefix: string) => ({
    [DOCUMENT_FILE]: await read(prefix + DOCUMENT_FILE),
    [WEIGHTS_FILE]: await read(prefix + WEIGHTS_FILE),
  });
  provideShareResources({
    graph,
    resources: {
      pseudonymKey: await read(KEY_FILE),
      patients: hasPatients ? await read(PATIENTS_FILE) : null,
      model: hasModel ? await readModel('') : null,
      challenger: hasChallenger ? await readModel(CHALLENGER_PREFIX) : null,
    },
  });
};
