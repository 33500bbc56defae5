import { Random } from '../random.js';
import { Spans } from '../spans.js';
import type { MonitorReading } from '../vital-signs.js';
import type { Artefact } from './artefact.js';
import type { Distortion, FaultKind } from './distortion.js';

/** The faults of one kind of one device, one after another. When they come depends on the stream alone. */
export class Fault {
  private readonly random: Random;
  private readonly spans: Spans;
  private current: Distortion | null = null;

  /** @param onArtefact told of each fault once, with its first reading; of none that falls between two readings */
  constructor(
    private readonly plan: FaultKind,
    seed: string,
    patient: number,
    from: number,
    private readonly onArtefact: (artefact: Artefact) => void,
  ) {
    this.spans = new Spans(new Random(seed, patient, plan.purpose), from, plan.gap, plan.shortest, plan.longest);
    this.random = new Random(seed, patient, plan.purpose, 'details');
  }

  /** Nothing happens before it, epoch ms. */
  get start(): number {
    return this.spans.start;
  }

  /** Spoils the reading if the fault is on; times never go back. */
  disturb(time: number, reading: MonitorReading): void {
    if (time >= this.spans.end) this.current = null;
    if (!this.spans.covers(time)) return;
    this.current ??= this.begin(reading);
    this.current.spoil(reading, this.random);
  }

  private begin(reading: MonitorReading): Distortion {
    const { kind, begin } = this.plan;
    const distortion = begin(this.random, reading);
    const { field, value } = distortion;
    if (kind !== null) this.onArtefact({ kind, field, value, onset: this.spans.start, end: this.spans.end });
    return distortion;
  }
}
