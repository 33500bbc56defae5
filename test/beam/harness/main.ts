import { installRepairs, type RepairName } from '../../../beam/repairs.js';
import { SCENARIOS, type ScenarioName } from './scenarios.js';

/**
 * Entry of the child process: `node main.js WITHOUT SCENARIO...` installs the repairs except WITHOUT (`-` for none), runs
 * the scenarios one after the other, and sends `{scenario, outcome}` for each to its parent.
 */
const [without = '-', ...names] = process.argv.slice(2);
installRepairs(without === '-' ? [] : [without as RepairName]);
for (const scenario of names) {
  const outcome = await SCENARIOS[scenario as ScenarioName]();
  process.send?.({ scenario, outcome });
}
process.disconnect?.();
process.exit(0);
