import { Random, weightedChoice } from './random.js';
import { EPISODE_KINDS, SCENARIOS, type EpisodeKind, type Scenario } from './scenarios.js';
import { wardOf } from './wards.js';
import type { Patient } from './patients.js';

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
}

/** What `--scenario` asks for: nothing but the ordinary, no episode at all, or one kind for a share of the patients. */
export interface ScenarioChoice {
  readonly kind: EpisodeKind | 'none';
  /** Share of the patients who get it. */
  readonly share: number;
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

/** Intensity of an episode at a time, from 0 to its severity: smooth at both ends. */
export function intensity(episode: Episode, time: number): number {
  if (time <= episode.onset || time >= episode.end) return 0;
  if (time < episode.peak) return episode.severity * smooth((time - episode.onset) / (episode.peak - episode.onset));
  if (time <= episode.recovery) return episode.severity;
  return episode.severity * smooth((episode.end - time) / (episode.end - episode.recovery));
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
  private readonly meanPause: number;

  constructor(
    private readonly patient: Patient,
    seed: string,
    from: number,
    choice: ScenarioChoice | null,
  ) {
    this.random = new Random(seed, patient.number, 'episodes');
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
    return isUnwell(this.patient.number, seed) ? this.startedBefore(from, this.kind()) : this.following(from);
  }

  private following(after: number): Episode | null {
    if (this.meanPause === Infinity) return null;
    const onset = after + this.random.exponential(this.meanPause);
    return this.episode(SCENARIOS[this.kind()], onset, this.random.between(...ORDINARY));
  }

  /** Near the peak at the start: three quarters or more of the way. */
  private startedBefore(from: number, kind: EpisodeKind): Episode {
    const episode = this.episode(SCENARIOS[kind], from, this.random.between(...EVIDENT));
    return moved(episode, -this.random.between(0.75, 1.2) * (episode.peak - episode.onset));
  }

  /** Onset from a whole worsening before the start to a quarter of one after it. */
  private startingAbout(from: number, kind: EpisodeKind): Episode {
    const episode = this.episode(SCENARIOS[kind], from, this.random.between(...EVIDENT));
    return moved(episode, this.random.between(-1, 0.25) * (episode.peak - episode.onset));
  }

  private kind(): EpisodeKind {
    const frequencies = wardOf(this.patient.ward).episodes;
    return weightedChoice(EPISODE_KINDS, (kind) => frequencies[kind], this.random.uniform());
  }

  private episode(scenario: Scenario, onset: number, severity: number): Episode {
    const start = Math.round(onset);
    const peak = start + Math.round(HOUR * this.random.between(...scenario.worsening));
    const recovery = peak + Math.round(HOUR * this.random.between(...scenario.plateau));
    const end = recovery + Math.round(HOUR * this.random.between(...scenario.recovery));
    return { scenario, severity, onset: start, peak, recovery, end };
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
