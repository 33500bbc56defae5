import { decodeModelFolder } from '../../../model/model-folder.js';
import { makePatientDirectory } from '../../../transforms/patients.js';
import { makePseudonymizer } from '../../../transforms/pseudonym.js';
import { provideResource } from '../../../transforms/resources.js';
import { parsePatients } from '../../patients-file.js';
import type { GraphSetting } from './share.js';

/** Provides what the graph's stages name to the DoFns of this process or thread. */
export function provideShareResources({ graph, resources }: GraphSetting): void {
  const pseudonym = makePseudonymizer(resources.pseudonymKey);
  provideResource(graph.pseudonym, pseudonym);
  const rows = resources.patients === null ? [] : parsePatients(resources.patients, pseudonym);
  provideResource(graph.patients, makePatientDirectory(rows));
  if (graph.model !== null && resources.model !== null) {
    provideResource(graph.model, decodeModelFolder(resources.model, graph.model));
  }
  if (graph.challenger && resources.challenger) {
    provideResource(graph.challenger, decodeModelFolder(resources.challenger, graph.challenger));
  }
}
