import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { ConfigurationError } from '../../schema/errors.js';
import { reportMarkdown, type PLOTS } from './markdown.js';
import { plotAutocorrelations } from './plots/autocorrelations.js';
import { plotCircadian } from './plots/circadian.js';
import { plotCorrelations } from './plots/correlations.js';
import { plotDistributions } from './plots/distributions.js';
import { reportJson } from './report-json.js';
import { REALISM_TARGETS, type RealismReport } from './realism.js';

/**
 * Writes `report.md`, `report.json` and the plots as SVG into a folder, which is made. The same report, the same bytes.
 * @returns the names of the files
 * @throws ConfigurationError when the folder cannot be written
 */
export async function writeReport(folder: string, report: RealismReport): Promise<string[]> {
  const { icu, ward } = report.recorded;
  const plots: Readonly<Record<keyof typeof PLOTS, string>> = {
    'distributions-icu.svg': plotDistributions('icu', icu, REALISM_TARGETS),
    'distributions-ward.svg': plotDistributions('ward', ward, REALISM_TARGETS),
    'autocorrelations.svg': plotAutocorrelations(icu, REALISM_TARGETS),
    'correlations.svg': plotCorrelations(icu, REALISM_TARGETS),
    'circadian.svg': plotCircadian(ward),
  };
  const files = Object.entries({
    'report.md': reportMarkdown(report),
    'report.json': `${JSON.stringify(reportJson(report), null, 2)}\n`,
    ...plots,
  });
  try {
    await mkdir(folder, { recursive: true });
    for (const [name, text] of files) await writeFile(join(folder, name), text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ConfigurationError('--out', `cannot write ${folder} (${reason})`, 'Name a folder that you may write.');
  }
  return files.map(([name]) => name);
}
