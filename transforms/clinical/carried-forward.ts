import { NEWS2_PARAMETERS, type News2Input, type News2Parameter } from './news2-parameters.js';
import { CARRY_FORWARD_SECONDS } from './thresholds.js';

/** What carrying forward reads of a reading; times are epoch milliseconds. */
export interface TimedReading extends News2Input {
  readonly event_time: number;
}

/**
 * The last known NEWS2 parameters of one patient, each with an age limit (thresholds.ts): what is too old is missing, so
 * that a score of carried values widens where it would guess. The rules of the view gold.carried_forward_news2, of which
 * a test holds it to be the equal.
 *
 * Takes readings in the order of gold: by event_time, then by reading_id. The SpO2 scale, a prescription, does not age;
 * age and pregnancy are those of the newest reading. Keeps one value a parameter, whatever it is given.
 */
export class CarriedForward {
  private readonly values: Partial<Record<News2Parameter, News2Input[News2Parameter]>> = {};
  private readonly times: Partial<Record<News2Parameter, number>> = {};
  private scale: 1 | 2 | null = null;

  /** Takes the next reading. @returns what counts as of it, ready for NEWS2 */
  add(reading: TimedReading): News2Input {
    const { event_time: now, age, pregnant } = reading;
    this.scale = reading.spo2_scale ?? this.scale;
    const counts: Partial<Record<News2Parameter, unknown>> = {};
    for (const name of NEWS2_PARAMETERS) {
      if (reading[name] !== null) {
        this.values[name] = reading[name];
        this.times[name] = now;
      }
      const known = now - (this.times[name] ?? -Infinity) <= CARRY_FORWARD_SECONDS[name] * 1000;
      counts[name] = known ? this.values[name] : null;
    }
    return { ...counts, spo2_scale: this.scale, age, pregnant } as News2Input;
  }
}
