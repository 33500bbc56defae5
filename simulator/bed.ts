import { Monitor } from './devices.js';
import type { DialectName, WireDialect } from './dialects/dialect.js';
import { EpisodeSchedule, type Episode, type ScenarioChoice } from './episodes.js';
import type { FactorStep } from './factors.js';
import type { Labels } from './labels.js';
import { MessageIds } from './message-id.js';
import { NetworkLink, type Delivery, type NetworkRates } from './network.js';
import type { Patient } from './patients.js';
import type { Physiology } from './physiology.js';
import { Random } from './random.js';
import { MonitorReading, VitalSigns } from './vital-signs.js';

/** What a bed hands over with a reading. One object for all beds, filled anew each time: nothing outlives a reading. */
export class Outgoing {
  /** The message as sent. */
  message = '';
  dialect: DialectName = 'json';
  /** What the network does to it; null when it simply arrives. */
  delivery: Delivery | null = null;
  readonly vitals = new VitalSigns();
  readonly reading = new MonitorReading();
}

/** What all beds of a hospital have in common. */
export interface BedSetting {
  readonly seed: string;
  readonly rates: NetworkRates;
  readonly scenario: ScenarioChoice | null;
  readonly labels: Labels;
}

/** Milliseconds after each beginning of an interval that a patient's monitor measures. */
export function phaseOf(patient: Patient, seed: string, intervalMs: number): number {
  return new Random(seed, patient.number, 'phase').index(intervalMs);
}

/** A patient in bed with a monitor on the network: takes readings and says what becomes of their messages. */
export class Bed {
  private readonly episodes: EpisodeSchedule;
  private readonly monitor: Monitor;
  private readonly ids: MessageIds;
  private readonly link: NetworkLink;
  private readonly labels: Labels;
  private identity: string;
  private labelled: Episode | null = null;

  /**
   * @param phase of {@link phaseOf}
   * @param from the first reading is at this time or later, epoch ms
   * @param dialect that the patient's monitor speaks
   */
  constructor(
    private patient: Patient,
    readonly phase: number,
    private physiology: Physiology,
    from: number,
    private readonly dialect: WireDialect,
    { seed, rates, scenario, labels }: BedSetting,
  ) {
    const { number } = patient;
    this.labels = labels;
    this.episodes = new EpisodeSchedule(patient, seed, from, scenario);
    this.monitor = new Monitor(patient, seed, from, physiology.glucosePeriod, (artefact) =>
      labels.artefact(this.patient, artefact),
    );
    this.ids = new MessageIds(seed, number);
    this.link = new NetworkLink(seed, number, rates, dialect.name);
    this.identity = dialect.identity(patient);
  }

  /** The patient is moved to another ward and bed: whatever was going on there goes on. */
  move(patient: Patient, physiology: Physiology): void {
    this.patient = patient;
    this.physiology = physiology;
    this.identity = this.dialect.identity(patient);
  }

  /**
   * Takes a reading, one interval after the last.
   * @param time event time, epoch ms
   * @param out filled with the message and its fate
   */
  measure(time: number, step: FactorStep, out: Outgoing): void {
    const episode = this.episodes.at(time);
    this.physiology.advance(time, step, episode, out.vitals);
    this.monitor.measure(time, out.vitals, out.reading);
    if (episode !== null && episode !== this.labelled) this.label(episode);
    const id = this.ids.next(time);
    out.message = this.dialect.message(id, this.identity, time, out.reading);
    out.dialect = this.dialect.name;
    out.delivery = this.link.carry(out.message);
    if (out.delivery !== null) this.labels.message(this.patient, id, time, out.delivery);
  }

  private label(episode: Episode): void {
    this.labelled = episode;
    this.labels.episode(this.patient, episode);
  }
}
