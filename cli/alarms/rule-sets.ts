import { readFile } from 'node:fs/promises';
import { ConfigurationError } from '../../schema/errors.js';
import type { AlarmRuleSet } from '../../transforms/alarms/alarm-rule.js';
import { readRuleSet } from '../../transforms/alarms/read-rule-set.js';
import { RULE_SETS } from '../../transforms/alarms/rule-sets.js';

/** The names of the sets of this project, in the order in which they are compared. */
export const RULE_SET_NAMES: readonly string[] = RULE_SETS.map((set) => set.name);

/**
 * The sets that `--rules` names: those of this project by name, one's own by file.
 *
 * @throws ConfigurationError for a name that is neither, a file that is wrong, or two sets of one name
 */
export async function ruleSetsOf(names: readonly string[]): Promise<readonly AlarmRuleSet[]> {
  const wanted = names.flatMap((name) => name.split(',')).filter((name) => name !== '');
  if (wanted.length === 0) throw new ConfigurationError('--rules', 'no set was named', REMEDY);
  const sets: AlarmRuleSet[] = [];
  for (const name of wanted) {
    const set = RULE_SETS.find((known) => known.name === name) ?? (await fromFile(name));
    if (sets.some((other) => other.name === set.name)) {
      throw new ConfigurationError('--rules', `two sets are called ${set.name}`, 'Give each its own name.');
    }
    sets.push(set);
  }
  return sets;
}

const REMEDY = `Name ${RULE_SET_NAMES.join(', ')}, or a JSON file of rules (docs/alarms.md).`;

async function fromFile(name: string): Promise<AlarmRuleSet> {
  const text = await readFile(name, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new ConfigurationError('--rules', `"${name}" is no set of rules and no file (${error.code})`, REMEDY);
  });
  return readRuleSet(text, name);
}
