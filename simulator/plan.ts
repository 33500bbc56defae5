import { ConfigurationError } from '../schema/errors.js';
import type { ScenarioChoice } from './episodes.js';
import { DEFAULT_RATES, type NetworkRates } from './network.js';
import { EPISODE_KINDS, type EpisodeKind } from './scenarios.js';

/** What a user may say about a simulation; what is left out has a default. Names are those of the flags. */
export interface SimulationFlags {
  /** Number of patients; 2,800. */
  readonly patients?: number | undefined;
  /** Seconds between two readings of a patient; 1. */
  readonly interval?: number | undefined;
  /** Any text; `42`. */
  readonly seed?: string | undefined;
  /** `file:DIR` or `-`; `-`. */
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
  /** Share of the patients who get the scenario; 0.1. */
  readonly scenarioShare?: number | undefined;
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
}

const MOST_PATIENTS = 999_999;
const SCENARIO_SHARE = 0.1;

/**
 * Checks the flags and fills in the defaults.
 * @param live whether the simulation follows the clock
 * @throws ConfigurationError naming the flag
 */
export function planSimulation(flags: SimulationFlags, live: boolean): SimulationPlan {
  return {
    patients: wholeNumber('--patients', flags.patients ?? 2800, MOST_PATIENTS),
    intervalMs: milliseconds('--interval', flags.interval ?? 1),
    seed: flags.seed ?? '42',
    sink: flags.sink ?? '-',
    fileMs: milliseconds('--file-seconds', flags.fileSeconds ?? (live ? 1 : 60)),
    patientsOut: flags.patientsOut ?? null,
    labels: flags.labels ?? null,
    rates: {
      late: chance('--late', flags.late ?? DEFAULT_RATES.late),
      duplicate: chance('--duplicate', flags.duplicate ?? DEFAULT_RATES.duplicate),
      malformed: chance('--malformed', flags.malformed ?? DEFAULT_RATES.malformed),
      lost: chance('--lost', flags.lost ?? DEFAULT_RATES.lost),
    },
    scenario: scenarioChoice(flags),
  };
}

function scenarioChoice({ scenario, scenarioShare }: SimulationFlags): ScenarioChoice | null {
  const share = chance('--scenario-share', scenarioShare ?? SCENARIO_SHARE);
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

function milliseconds(flag: string, seconds: number): number {
  const value = Math.round(seconds * 1000);
  if (value >= 1 && Math.abs(value - seconds * 1000) < 1e-6) return value;
  throw new ConfigurationError(flag, `${seconds} seconds is no length`, 'Use seconds above 0, down to milliseconds.');
}

function chance(flag: string, value: number): number {
  if (value >= 0 && value <= 1) return value;
  throw new ConfigurationError(flag, `${value} is no chance`, 'Use a number from 0 to 1; 0.01 is 1%.');
}
