import { bedName, deviceName } from '../bed-names.js';
import type { Patient } from '../patients.js';

/** A bed and the monitor at it. */
export type PatientBed = Pick<Patient, 'ward' | 'bed' | 'device_id'>;

interface FreeBed {
  readonly bed: PatientBed;
  readonly readyAt: number;
}

/**
 * The beds of a hospital. A bed that is left is made ready; whoever comes gets the one that has been ready for longest, and
 * where none is, a further bed is set up. So each bed is empty for a while, and nobody waits.
 */
export class BedBoard {
  private readonly free = new Map<string, FreeBed[]>();
  private readonly beds = new Map<string, number>();
  private monitors = 0;

  /**
   * @param occupied beds at the start
   * @param turnaround milliseconds that a bed is made ready
   */
  constructor(
    occupied: readonly PatientBed[],
    private readonly turnaround: number,
  ) {
    for (const { ward } of occupied) this.count(ward);
  }

  leave({ ward, bed, device_id }: PatientBed, time: number): void {
    const beds = this.free.get(ward) ?? [];
    beds.push({ bed: { ward, bed, device_id }, readyAt: time + this.turnaround });
    this.free.set(ward, beds);
  }

  /** @param time never goes back */
  take(ward: string, time: number): PatientBed {
    const beds = this.free.get(ward);
    const first = beds?.[0];
    if (beds === undefined || first === undefined || first.readyAt > time) return this.furtherBed(ward);
    beds.shift();
    return first.bed;
  }

  private furtherBed(ward: string): PatientBed {
    const number = this.count(ward);
    return { ward, bed: bedName(ward, number), device_id: deviceName(this.monitors) };
  }

  private count(ward: string): number {
    const number = (this.beds.get(ward) ?? 0) + 1;
    this.beds.set(ward, number);
    this.monitors++;
    return number;
  }
}
