import type { AlertField } from './clinical/alert-rules.js';
import type { Match } from './compiled-rules.js';
import type { Flags, ScoredReading } from './reading.js';

/** What a person calls a value, and how its unit is written after it. */
const WORDS: Readonly<Record<string, readonly [name: string, unit: string]>> = {
  heart_rate: ['heart rate', ' per minute'],
  respiratory_rate: ['respiratory rate', ' per minute'],
  spo2: ['oxygen saturation', ' %'],
  systolic_bp: ['systolic pressure', ' mmHg'],
  diastolic_bp: ['diastolic pressure', ' mmHg'],
  mean_bp: ['mean pressure', ' mmHg'],
  mean_arterial_pressure: ['mean arterial pressure', ' mmHg'],
  pulse_pressure: ['pulse pressure', ' mmHg'],
  temperature: ['temperature', ' °C'],
  glucose: ['glucose', ' mg/dL'],
  shock_index: ['shock index', ''],
  age: ['age', ' years'],
  supplemental_oxygen: ['supplemental oxygen', ''],
  consciousness: ['consciousness (ACVPU)', ''],
  news2_low: ['NEWS2', ''],
};

/** Rules that a temperature has part in: what it was guessed from must then show. */
const FROM_TEMPERATURE: readonly AlertField[] = ['temperature', 'news2_low', 'is_anomaly'];
const GUESSED = ' (temperature came without a unit and was taken as Fahrenheit: F_GUESS)';

/** One sentence that says what raised an alert: the value with its unit, the limit, and what it may mean. */
export function explainAlert({ rule, condition }: Match, reading: ScoredReading, flags: Flags | null): string {
  const guessed = FROM_TEMPERATURE.includes(condition.field) && flags?.['temperature']?.includes('F_GUESS') === true;
  const said = condition.field === 'is_anomaly' ? anomaly(reading) : limit(condition, reading);
  return `${said}: ${rule.meaning}${guessed ? GUESSED : ''}.`;
}

/** The value that the rule looked at, as the row has it; null for what is no number. */
export function alertValue({ condition }: Match, reading: ScoredReading): number | null {
  const value = condition.field === 'is_anomaly' ? reading.anomaly_score : reading[condition.field];
  return typeof value === 'number' ? value : null;
}

function limit({ field, from, to }: Match['condition'], reading: ScoredReading): string {
  const [name, unit] = wordsOf(field);
  const value = `${capital(name)} ${String(reading[field as keyof ScoredReading])}${unit}`;
  if (field === 'consciousness') return value;
  if (field === 'news2_low') return news2(value, reading);
  if (to === 0) return value;
  if (to !== undefined) return `${value}, at or below ${to}`;
  return `${value}, at or above ${from ?? ''}`;
}

/** NEWS2 at its low bound; says so when the true score may be higher. */
function news2(value: string, reading: ScoredReading): string {
  if (reading.news2_missing === null) return value;
  const missing = reading.news2_missing.split(',').map((name) => wordsOf(name)[0]);
  return `${value} at least, up to ${reading.news2_high ?? ''} without ${list(missing)}`;
}

/** The score, and what contributed most with its value. */
function anomaly(reading: ScoredReading): string {
  const score = `Anomaly score ${(reading.anomaly_score ?? 0).toFixed(2)}`;
  const names = reading.anomaly_top === null ? [] : Object.keys(JSON.parse(reading.anomaly_top) as object);
  if (names.length === 0) return score;
  return `${score}, mostly for ${list(names.map((name) => valueInWords(name, reading)))}`;
}

function valueInWords(feature: string, reading: ScoredReading): string {
  const [name, unit] = wordsOf(feature);
  const value = (reading as unknown as Readonly<Record<string, unknown>>)[feature];
  if (value === null) return `${name} (missing)`;
  return typeof value === 'number' ? `${name} ${value}${unit}` : name;
}

function wordsOf(name: string): readonly [name: string, unit: string] {
  return WORDS[name] ?? [name.replaceAll('_', ' '), ''];
}

function list(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1) ?? ''}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
