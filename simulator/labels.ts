import type { Episode } from './episodes.js';
import type { Artefact } from './faults/artefact.js';
import type { Delivery } from './network.js';
import type { Patient } from './patients.js';
import type { Move } from './stays/stay.js';

/** What a simulation did, in numbers. */
export interface SimulationCounts {
  /** Readings that devices took. */
  readings: number;
  /** Messages that arrived: readings - lost + duplicate. */
  messages: number;
  late: number;
  duplicate: number;
  malformed: number;
  lost: number;
  /** Episodes that were on at some time of the simulation. */
  episodes: number;
  artefacts: number;
}

/**
 * The ground truth (`--labels`): NDJSON in order of event time, of the types `episode` (written when a patient's first
 * reading after its onset is taken; its end may lie after the simulation's), `intervention` (each right after the episode
 * that calls for it; its time may lie ahead), `artefact`, `message` (what the network did, for each message that did not
 * simply arrive) and at last `summary`. Times are ISO 8601 in UTC.
 */
export class Labels {
  private text = '';

  /** @param wanted whether to keep the text, or only to count */
  constructor(
    private readonly wanted: boolean,
    private readonly counts: SimulationCounts,
  ) {}

  episode(patient: Patient, episode: Episode): void {
    this.counts.episodes++;
    this.add({
      type: 'episode',
      patient_id: patient.patient_id,
      ward: patient.ward,
      kind: episode.scenario.kind,
      severity: Math.round(episode.severity * 1000) / 1000,
      onset: iso(episode.onset),
      peak: iso(episode.peak),
      recovery: iso(episode.recovery),
      end: iso(episode.end),
    });
    for (const { kind, time, end } of episode.interventions) {
      const of = { patient_id: patient.patient_id, ward: patient.ward, episode: episode.scenario.kind };
      this.add({ type: 'intervention', ...of, kind, time: iso(time), end: iso(end) });
    }
  }

  artefact(patient: Patient, artefact: Artefact): void {
    this.counts.artefacts++;
    this.add({
      type: 'artefact',
      patient_id: patient.patient_id,
      device_id: patient.device_id,
      kind: artefact.kind,
      field: artefact.field,
      value: artefact.value,
      onset: iso(artefact.onset),
      end: iso(artefact.end),
    });
  }

  message(patient: Patient, messageId: string, eventTime: number, delivery: Delivery): void {
    const { lost, delay, repeatDelay, malformation } = delivery;
    const effects: string[] = [];
    if (lost) effects.push('lost');
    if (delay > 0) effects.push('late');
    if (repeatDelay !== null) effects.push('duplicate');
    if (malformation !== null) effects.push('malformed');
    this.count(delivery);
    this.add({
      type: 'message',
      message_id: messageId,
      patient_id: patient.patient_id,
      event_time: iso(eventTime),
      effects,
      malformation,
      arrival_time: lost ? null : iso(eventTime + delay),
      repeat_arrival_time: repeatDelay === null ? null : iso(eventTime + repeatDelay),
    });
  }

  /** Who came, went to another bed, or left (`type: stay`). */
  stay({ kind, time, patient, before, outcome }: Move): void {
    const { patient_id, ward, bed, device_id } = patient;
    const from = before === null ? {} : { from_ward: before.ward, from_bed: before.bed };
    const how = outcome === null ? {} : { outcome };
    this.add({ type: 'stay', kind, time: iso(time), patient_id, ward, bed, device_id, ...from, ...how });
  }

  summary(): void {
    this.add({ type: 'summary', ...this.counts });
  }

  /** The lines since the last call. */
  take(): string {
    const text = this.text;
    this.text = '';
    return text;
  }

  private count({ lost, delay, repeatDelay, malformation }: Delivery): void {
    if (lost) this.counts.lost++;
    if (delay > 0) this.counts.late++;
    if (repeatDelay !== null) this.counts.duplicate++;
    if (malformation !== null) this.counts.malformed++;
  }

  private add(line: object): void {
    if (this.wanted) this.text += JSON.stringify(line) + '\n';
  }
}

function iso(time: number): string {
  return new Date(time).toISOString();
}
