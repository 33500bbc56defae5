import { DIABETES } from './conditions.js';
import type { Patient } from './patients.js';
import { Random, weightedChoice } from './random.js';
import { EPISODE_KINDS, SCENARIOS, type EpisodeKind, type Scenario } from './scenarios.js';
import { giveTreatments } from './treatment/give.js';
import { effectAt, REMEDIES, type Intervention } from './treatment/intervention.js';
import { wardOf } from './wards.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** One deterioration of one patient. Times are epoch ms. */
export interface Episode {
  readonly scenario: Scenario;
  /** From 0 (nothing) to 1: scales everything that the scenario does. */
  readonly severity: number;
  readonly onset: number;
  /** Full intensity from here, until recovery begins. */
  readonly peak: number;
  readonly recovery: number;
  readonly end: number;
  /** What staff do about it. */
  readonly interventions: readonly Intervention[];
}

/** What `--scenario` asks for: nothing but the ordinary, no episode at all, or one kind for a share of the patients. */
export interface ScenarioChoice {
  readonly kind: EpisodeKind | 'none';
  /** Share of the patients who get it. */
  readonly share: number;
  /** False: nobody is treated, so that one can see what treatment does. */
  readonly treated?: boolean;
}

/** Severities of ordinary episodes, of those that are on at the start, and of those that are asked for. */
const ORDINARY = [0.4, 1] as const;
const EVIDENT = [0.75, 1] as const;

/**
 * Of each so many consecutive patients one is deteriorating when the simulation starts, the first of them among the
 * first five: so a dashboard shows an alert within seconds, however few the patients are.
 */
const ONE_UNWELL_IN = 40;
const FIRST_UNWELL_WITHIN = 5;

/** Time between the end of an episode and the onset of the next is at least this. */
const LEAST_PAUSE = 2 * HOUR;

/** Kinds that the patients who are unwell at the start may have: those that anybody sees. */
const VISIBLE_KINDS: readonly EpisodeKind[] = EPISODE_KINDS.filter((kind) => kind !== 'hypoglycaemia');

/** How much rarer low glucose is in those without diabetes. */
const HYPOGLYCAEMIA_WITHOUT_DIABETES = 0.05;

/** Intensity at a time of an episode that nobody treats, from 0 to its severity: smooth at both ends. */
export function intensity(episode: Episode, time: number): number {
  if (time <= episode.onset || time >= episode.end) return 0;
  if (time < episode.peak) return episode.severity * smooth((time - episode.onset) / (episode.peak - episode.onset));
  if (time <= episode.recovery) return episode.severity;
  return episode.severity * smooth((episode.end - time) / (episode.end - episode.recovery));
}

/** Intensity at a time under the interventions of the episode. */
export function treatedIntensity(episode: Episode, time: number): number {
  let now = intensity(episode, time);
  for (const each of episode.interventions) now *= 1 - REMEDIES[each.kind].course * effectAt(each, time);
  return now;
}

function smooth(share: number): number {
  return share * share * (3 - 2 * share);
}

/**
 * The episodes of one patient, one after another: first what the start of the simulation or `--scenario` asks for, then a
 * Poisson process at the ward's rate. They depend on the patient, the seed and the start alone.
 */
export class EpisodeSchedule {
  /** The episode that is on or comes next; null when there will be none. */
  private current: Episode | null;
  /** Onset of {@link current}: all that a well patient's reading need look at. */
  private quietUntil: number;
  private readonly random: Random;
  private readonly staff: Random;
  private readonly meanPause: number;
  private readonly treated: boolean;

  constructor(
    private readonly patient: Patient,
    seed: string,
    from: number,
    choice: ScenarioChoice | null,
  ) {
    this.random = new Random(seed, patient.number, 'episodes');
    this.staff = new Random(seed, patient.number, 'staff');
    this.treated = choice?.treated ?? true;
    this.meanPause = choice?.kind === 'none' ? Infinity : DAY / wardOf(patient.ward).episodesPerDay;
    this.current = this.first(seed, from, choice);
    this.quietUntil = this.current?.onset ?? Infinity;
  }

  /** The episode that is on at a time, or null; times never go back. */
  at(time: number): Episode | null {
    if (time <= this.quietUntil) return null;
    while (this.current !== null && time >= this.current.end) {
      this.current = this.following(this.current.end + LEAST_PAUSE);
    }
    this.quietUntil = this.current?.onset ?? Infinity;
    return time > this.quietUntil ? this.current : null;
  }

  private first(seed: string, from: number, choice: ScenarioChoice | null): Episode | null {
    const chosen = this.random.uniform();
    if (choice?.kind === 'none') return null;
    if (choice !== null && chosen < choice.share) return this.startingAbout(from, choice.kind);
    return isUnwell(this.patient.number, seed) ? this.startedBefore(from) : this.following(from);
  }

  private following(after: number): Episode | null {
    if (this.meanPause === Infinity) return null;
    const onset = after + this.random.exponential(this.meanPause);
    return this.attended(this.episode(SCENARIOS[this.kind(EPISODE_KINDS)], onset, this.random.between(...ORDINARY)));
  }

  /** Near the peak at the start, three quarters or more of the way, and not yet attended to. */
  private startedBefore(from: number): Episode {
    const scenario = SCENARIOS[this.kind(VISIBLE_KINDS)];
    const episode = this.episode(scenario, from, this.random.between(...EVIDENT));
    return this.attended(moved(episode, -this.random.between(0.75, 1.2) * (episode.peak - episode.onset)), from);
  }

  /** Onset from a whole worsening before the start to a quarter of one after it, or at full intensity at the start. */
  private startingAbout(from: number, kind: EpisodeKind): Episode {
    const scenario = SCENARIOS[kind];
    const episode = this.episode(scenario, from, this.random.between(...EVIDENT));
    const place = this.random.between(-1, 0.25);
    if (scenario.beginsIll) return this.attended(moved(episode, from - episode.peak - 1));
    return this.attended(moved(episode, place * (episode.peak - episode.onset)), from);
  }

  private kind(among: readonly EpisodeKind[]): EpisodeKind {
    const frequencies = wardOf(this.patient.ward).episodes;
    const diabetic = this.patient.conditions.includes(DIABETES);
    const weight = (kind: EpisodeKind): number =>
      frequencies[kind] * (kind === 'hypoglycaemia' && !diabetic ? HYPOGLYCAEMIA_WITHOUT_DIABETES : 1);
    return weightedChoice(among, weight, this.random.uniform());
  }

  /** The episode with what staff do about it, nothing of it before a time. */
  private attended(episode: Episode, notBefore = -Infinity): Episode {
    if (!this.treated) return episode;
    const { profile } = wardOf(this.patient.ward);
    const { treatments } = episode.scenario;
    return { ...episode, interventions: giveTreatments(treatments, episode, profile, notBefore, this.staff) };
  }

  private episode(scenario: Scenario, onset: number, severity: number): Episode {
    const start = Math.round(onset);
    const peak = start + Math.round(HOUR * this.random.between(...scenario.worsening));
    const recovery = peak + Math.round(HOUR * this.random.between(...scenario.plateau));
    const end = recovery + Math.round(HOUR * this.random.between(...scenario.recovery));
    return { scenario, severity, onset: start, peak, recovery, end, interventions: [] };
  }
}

function moved(episode: Episode, shift: number): Episode {
  const by = Math.round(shift);
  return {
    ...episode,
    onset: episode.onset + by,
    peak: episode.peak + by,
    recovery: episode.recovery + by,
    end: episode.end + by,
  };
}

function isUnwell(number: number, seed: string): boolean {
  const block = Math.floor((number - 1) / ONE_UNWELL_IN);
  const place = new Random(seed, block, 'unwell').index(block === 0 ? FIRST_UNWELL_WITHIN : ONE_UNWELL_IN);
  return (number - 1) % ONE_UNWELL_IN === place;
}
