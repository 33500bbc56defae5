import { ConfigurationError } from '../schema/errors.js';
import { parseDialects, type DialectShare } from './dialects/mixture.js';
import type { ScenarioChoice } from './episodes.js';
import { DEFAULT_RATES, type NetworkRates } from './network.js';
import { EPISODE_KINDS, type EpisodeKind } from './scenarios.js';

/** What a user may say about a simulation; what is left out has a default ({@link SIMULATION_DEFAULTS}). Names are those of the flags. */
export interface SimulationFlags {
  /** Number of patients. */
  readonly patients?: number | undefined;
  /** Seconds between two readings of a patient. */
  readonly interval?: number | undefined;
  /** Any text. */
  readonly seed?: string | undefined;
  /** `file:DIR` or `-`. */
  readonly sink?: string | undefined;
  /** Seconds of arrival time a file holds; 1 live, 60 between two times. */
  readonly fileSeconds?: number | undefined;
  readonly patientsOut?: string | undefined;
  readonly labels?: string | undefined;
  /** Chances from 0 to 1 (network.ts). */
  readonly late?: number | undefined;
  readonly duplicate?: number | undefined;
  readonly malformed?: number | undefined;
  readonly lost?: number | undefined;
  /** A kind of episode, or `none`. */
  readonly scenario?: string | undefined;
  /** Share of the patients who get the scenario. */
  readonly scenarioShare?: number | undefined;
  /** What the monitors speak: a dialect, or several with shares. */
  readonly dialect?: string | undefined;
  /** How many times as fast as in a real hospital patients come and go; 0: everybody stays. */
  readonly turnover?: number | undefined;
  /** Folder of a Synthea CSV export that the people come from. */
  readonly synthea?: string | undefined;
}

/** A simulation with every choice made. */
export interface SimulationPlan {
  readonly patients: number;
  readonly intervalMs: number;
  readonly seed: string;
  readonly sink: string;
  readonly fileMs: number;
  /** Files to write, null for none. */
  readonly patientsOut: string | null;
  readonly labels: string | null;
  readonly rates: NetworkRates;
  readonly scenario: ScenarioChoice | null;
  readonly dialects: readonly DialectShare[];
  /** 0: everybody stays. */
  readonly turnover: number;
  /** Folder, null for people whom the seed makes. */
  readonly synthea: string | null;
}

/** What holds where no flag says otherwise; the length of a file depends on the pace, {@link planSimulation}. */
export const SIMULATION_DEFAULTS = {
  patients: 2800,
  interval: 1,
  seed: '42',
  sink: '-',
  scenarioShare: 0.1,
  dialect: 'json',
  turnover: 0,
  ...DEFAULT_RATES,
} as const;

/** Wire ids have six digits. */
const MOST_PATIENTS = 999_999;

/** Then a stay on a general ward lasts about eight minutes. */
const FASTEST_TURNOVER = 1000;

/**
 * Checks the flags and fills in the defaults.
 * @param live whether the simulation follows the clock
 * @throws ConfigurationError naming the flag
 */
export function planSimulation(flags: SimulationFlags, live: boolean): SimulationPlan {
  const defaults = SIMULATION_DEFAULTS;
  return {
    patients: wholeNumber('--patients', flags.patients ?? defaults.patients, MOST_PATIENTS),
    intervalMs: milliseconds('--interval', flags.interval ?? defaults.interval),
    seed: flags.seed ?? defaults.seed,
    sink: flags.sink ?? defaults.sink,
    fileMs: milliseconds('--file-seconds', flags.fileSeconds ?? (live ? 1 : 60)),
    patientsOut: flags.patientsOut ?? null,
    labels: flags.labels ?? null,
    rates: {
      late: chance('--late', flags.late ?? defaults.late),
      duplicate: chance('--duplicate', flags.duplicate ?? defaults.duplicate),
      malformed: chance('--malformed', flags.malformed ?? defaults.malformed),
      lost: chance('--lost', flags.lost ?? defaults.lost),
    },
    scenario: scenarioChoice(flags),
    dialects: parseDialects(flags.dialect ?? defaults.dialect),
    turnover: factor('--turnover', flags.turnover ?? defaults.turnover, FASTEST_TURNOVER),
    synthea: flags.synthea ?? null,
  };
}

function scenarioChoice({ scenario, scenarioShare }: SimulationFlags): ScenarioChoice | null {
  const share = chance('--scenario-share', scenarioShare ?? SIMULATION_DEFAULTS.scenarioShare);
  if (scenario === undefined) return null;
  const kinds: readonly string[] = [...EPISODE_KINDS, 'none'];
  if (!kinds.includes(scenario)) {
    throw new ConfigurationError('--scenario', `"${scenario}" is not known`, `Use one of ${kinds.join(', ')}.`);
  }
  return { kind: scenario as EpisodeKind | 'none', share };
}

function wholeNumber(flag: string, value: number, most: number): number {
  if (Number.isInteger(value) && value >= 1 && value <= most) return value;
  throw new ConfigurationError(flag, `${value} is out of range`, `Use a whole number from 1 to ${most}.`);
}

function factor(flag: string, value: number, most: number): number {
  if (value >= 0 && value <= most) return value;
  throw new ConfigurationError(
    flag,
    `${value} is out of range`,
    `Use a number from 0 (nobody moves) to ${most}; 1 is real.`,
  );
}

function milliseconds(flag: string, seconds: number): number {
  const value = Math.round(seconds * 1000);
  if (value >= 1 && Math.abs(value - seconds * 1000) < 1e-6) return value;
  throw new ConfigurationError(flag, `${seconds} seconds is no length`, 'Use seconds above 0, down to milliseconds.');
}

function chance(flag: string, value: number): number {
  if (value >= 0 && value <= 1) return value;
  throw new ConfigurationError(flag, `${value} is no chance`, 'Use a number from 0 to 1; 0.01 is 1%.');
}
