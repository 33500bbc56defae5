import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ConfigurationError } from '../../schema/errors.js';
import { CALIBRATION_PLOT, scenarioMarkdown, SENSITIVITY_PLOT } from './report-markdown.js';
import { calibrationPlot, sensitivityPlot } from './report-plots.js';
import type { ScenarioReport } from './scenarios.js';

/**
 * Writes `report.md`, `report.json` and the plots into a folder, which is made. The same report, the same bytes.
 * @throws ConfigurationError when the folder cannot be written
 */
export async function writeScenarioReport(folder: string, report: ScenarioReport): Promise<void> {
  const files = {
    'report.md': scenarioMarkdown(report),
    'report.json': `${JSON.stringify(report, null, 2)}\n`,
    [SENSITIVITY_PLOT]: sensitivityPlot(report.comparisons),
    [CALIBRATION_PLOT]: calibrationPlot(report.comparisons),
  };
  try {
    await mkdir(folder, { recursive: true });
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  } catch (error) {
    const problem = `cannot write ${folder} (${(error as NodeJS.ErrnoException).code ?? (error as Error).message})`;
    throw new ConfigurationError('--out', problem, 'Name a folder that you may write.');
  }
}
