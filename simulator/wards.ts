import type { EpisodeKind } from './scenarios.js';
import type { ProfileName } from './profiles.js';

/** A ward: who lies there, and what happens to them. */
export interface Ward {
  readonly code: string;
  /** Share of the hospital's patients. */
  readonly share: number;
  readonly profile: ProfileName;
  /** Age in years: mean and SD of a normal, cut at the limits. */
  readonly age: { readonly mean: number; readonly sd: number; readonly low: number; readonly high: number };
  /** Share of patients who get oxygen outside any episode. */
  readonly oxygen: number;
  /** Deterioration episodes per patient and day (about 1 in 10 ward patients reaches NEWS2 >= 5 in a day). */
  readonly episodesPerDay: number;
  /** Relative frequency of each kind of episode. */
  readonly episodes: Readonly<Record<EpisodeKind, number>>;
}

function episodes(
  sepsis: number,
  haemorrhage: number,
  respiratory_depression: number,
  hypoxia: number,
  arrhythmia: number,
): Readonly<Record<EpisodeKind, number>> {
  // Low glucose befalls diabetics (episodes.ts); nobody starts to recover without having been ill.
  return { sepsis, haemorrhage, respiratory_depression, hypoxia, arrhythmia, hypoglycaemia: 2, recovery: 0 };
}

/** A general hospital. Shares sum to 1; the rest of the numbers are plausible, not measured. */
export const WARDS: readonly Ward[] = [
  {
    code: 'ICU',
    share: 0.06,
    profile: 'intensive',
    age: { mean: 64, sd: 15, low: 18, high: 95 },
    oxygen: 0.6,
    episodesPerDay: 0.15,
    episodes: episodes(4, 2, 1, 3, 3),
  },
  {
    code: 'HDU',
    share: 0.06,
    profile: 'intermediate',
    age: { mean: 64, sd: 15, low: 18, high: 95 },
    oxygen: 0.35,
    episodesPerDay: 0.12,
    episodes: episodes(3, 2, 2, 3, 3),
  },
  {
    code: 'ED',
    share: 0.1,
    profile: 'intermediate',
    age: { mean: 50, sd: 22, low: 5, high: 98 },
    oxygen: 0.1,
    episodesPerDay: 0.1,
    episodes: episodes(4, 2, 2, 3, 2),
  },
  {
    code: 'CARD',
    share: 0.12,
    profile: 'general',
    age: { mean: 69, sd: 12, low: 25, high: 97 },
    oxygen: 0.06,
    episodesPerDay: 0.04,
    episodes: episodes(1, 1, 1, 2, 6),
  },
  {
    code: 'RESP',
    share: 0.1,
    profile: 'general',
    age: { mean: 67, sd: 14, low: 18, high: 97 },
    oxygen: 0.2,
    episodesPerDay: 0.05,
    episodes: episodes(3, 0.5, 1, 6, 1),
  },
  {
    code: 'SURG',
    share: 0.18,
    profile: 'general',
    age: { mean: 60, sd: 17, low: 18, high: 95 },
    oxygen: 0.06,
    episodesPerDay: 0.04,
    episodes: episodes(3, 4, 4, 1, 1),
  },
  {
    code: 'MED',
    share: 0.24,
    profile: 'general',
    age: { mean: 70, sd: 16, low: 18, high: 100 },
    oxygen: 0.06,
    episodesPerDay: 0.04,
    episodes: episodes(5, 1, 1, 3, 2),
  },
  {
    code: 'NEURO',
    share: 0.08,
    profile: 'general',
    age: { mean: 63, sd: 17, low: 18, high: 96 },
    oxygen: 0.05,
    episodesPerDay: 0.04,
    episodes: episodes(2, 1, 4, 2, 1),
  },
  {
    code: 'MAT',
    share: 0.06,
    profile: 'general',
    age: { mean: 31, sd: 5.5, low: 17, high: 45 },
    oxygen: 0.01,
    episodesPerDay: 0.02,
    episodes: episodes(3, 5, 1, 1, 0.5),
  },
];

const BY_CODE: ReadonlyMap<string, Ward> = new Map(WARDS.map((ward) => [ward.code, ward]));

/** The ward of that code; a ward of another hospital is run as general medicine. */
export function wardOf(code: string): Ward {
  return BY_CODE.get(code) ?? (BY_CODE.get('MED') as Ward);
}
