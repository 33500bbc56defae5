import type { AlarmBudget } from './budget.js';
import { quantile } from './quantile.js';

/** What was replayed. */
export interface ReplaySize {
  readonly patients: number;
  readonly readings: number;
  /** Days in which a patient was watched, added up; pauses longer than 10 minutes do not count. */
  readonly bed_days: number;
}

/** Median and quartiles, seconds; null of none. */
export interface Spread {
  readonly median: number | null;
  readonly quartile_1: number | null;
  readonly quartile_3: number | null;
}

/** What labels say of a set of rules. */
export interface Truthfulness {
  readonly episodes: number;
  readonly detected: number;
  /** Share of the episodes with an alarm between onset and end; null without episodes. */
  readonly sensitivity: number | null;
  /** What alarms that know nothing would reach at the rate of the false ones: the mean of 1 - exp(-rate x duration). */
  readonly sensitivity_by_chance: number | null;
  readonly delay_seconds: Spread;
  readonly missed: Readonly<Record<string, number>>;
  readonly by_kind: Readonly<Record<string, { readonly episodes: number; readonly detected: number }>>;
  /** Outside every episode of the patient. */
  readonly false_alarms: number;
  readonly false_alarms_per_bed_day: number | null;
  /** Raised while a fault of a sensor of the rule's own vital was on, by the kind of fault. */
  readonly alarms_during_artefacts: Readonly<Record<string, number>>;
}

/** One set of rules over a replay. Rates are per bed and day. */
export interface BudgetReport {
  readonly rules: string;
  readonly version: string;
  readonly alarms: number;
  readonly alarms_per_bed_day: number | null;
  readonly by_severity: Readonly<Record<string, number | null>>;
  readonly by_rule: Readonly<Record<string, number | null>>;
  readonly duration_seconds: { readonly median: number | null; readonly p90: number | null };
  readonly truth: Truthfulness | null;
}

/** The rates of one set. @param labelled whether labels were given */
export function budgetReport(budget: AlarmBudget, size: ReplaySize, labelled: boolean): BudgetReport {
  const rate = (count: number): number | null => (size.bed_days > 0 ? rounded(count / size.bed_days) : null);
  const rates = (counts: ReadonlyMap<string, number>) =>
    Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, count]) => [key, rate(count)]));
  return {
    rules: budget.set.name,
    version: budget.set.version,
    alarms: budget.alarms,
    alarms_per_bed_day: rate(budget.alarms),
    by_severity: rates(budget.bySeverity),
    by_rule: rates(budget.byRule),
    duration_seconds: { median: quantile(budget.durations, 0.5), p90: quantile(budget.durations, 0.9) },
    truth: labelled ? truthfulness(budget, rate(budget.falseAlarms)) : null,
  };
}

function truthfulness(budget: AlarmBudget, falseRate: number | null): Truthfulness {
  const kinds = [...budget.byKind].sort(([a], [b]) => (a < b ? -1 : 1));
  const episodes = kinds.reduce((sum, [, kind]) => sum + kind.episodes, 0);
  const detected = kinds.reduce((sum, [, kind]) => sum + kind.detected, 0);
  const missed = kinds.filter(([, kind]) => kind.detected < kind.episodes);
  return {
    episodes,
    detected,
    sensitivity: episodes === 0 ? null : rounded(detected / episodes),
    sensitivity_by_chance: falseRate === null ? null : byChance(budget.episodeDays, falseRate),
    delay_seconds: {
      median: quantile(budget.delays, 0.5),
      quartile_1: quantile(budget.delays, 0.25),
      quartile_3: quantile(budget.delays, 0.75),
    },
    missed: Object.fromEntries(missed.map(([kind, count]) => [kind, count.episodes - count.detected])),
    by_kind: Object.fromEntries(kinds.map(([kind, count]) => [kind, { ...count }])),
    false_alarms: budget.falseAlarms,
    false_alarms_per_bed_day: falseRate,
    alarms_during_artefacts: Object.fromEntries([...budget.duringArtefacts].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

/** A long episode meets an alarm sooner or later, whatever raised it: sensitivity is worth what it is above this. */
function byChance(days: readonly number[], perDay: number): number | null {
  if (days.length === 0) return null;
  return rounded(days.reduce((sum, length) => sum + 1 - Math.exp(-perDay * length), 0) / days.length);
}

/** Three decimals: more than any rate of a replay is good for. */
function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}
