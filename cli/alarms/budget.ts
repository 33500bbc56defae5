import type { Alarm } from '../../transforms/alarms/patient-alarms.js';
import type { AlarmRuleSet } from '../../transforms/alarms/alarm-rule.js';
import type { PatientTruth, TrueEpisode } from './truth.js';

/** When a patient was watched: first and last reading of the range, epoch milliseconds. */
export interface Watched {
  readonly from: number;
  readonly to: number;
}

/** Episodes of one kind: how many began while the patient was watched, and how many had an alarm between onset and end. */
export interface Detection {
  episodes: number;
  detected: number;
}

const SECOND = 1000;
const DAY = 86_400_000;

/** What one set of rules did over all patients, in counts; {@link budgetReport} makes rates of them. */
export class AlarmBudget {
  alarms = 0;
  /** Raised outside every episode of the patient. */
  falseAlarms = 0;
  /** Raised while a fault of a sensor of the rule's own vital was on, by the kind of fault. */
  readonly duringArtefacts = new Map<string, number>();
  /** Seconds from raising to end; one that is still on counts up to the patient's last reading. */
  readonly durations: number[] = [];
  /** Seconds from the onset of an episode to its first alarm. */
  readonly delays: number[] = [];
  /** Days that each episode lasted, as far as the patient was watched. */
  readonly episodeDays: number[] = [];
  readonly bySeverity = new Map<string, number>();
  readonly byRule = new Map<string, number>();
  readonly byKind = new Map<string, Detection>();

  constructor(readonly set: AlarmRuleSet) {}

  /** Adds the alarms of one patient. @param truth null where no labels were given */
  addPatient(alarms: readonly Alarm[], watched: Watched, truth: PatientTruth | null): void {
    for (const alarm of alarms) {
      this.alarms += 1;
      this.durations.push(((alarm.endedAt ?? watched.to) - alarm.raisedAt) / SECOND);
      count(this.bySeverity, alarm.rule.severity);
      count(this.byRule, alarm.rule.name);
    }
    if (truth !== null) this.addTruth(alarms, watched, truth);
  }

  private addTruth(alarms: readonly Alarm[], watched: Watched, { episodes, artefacts }: PatientTruth): void {
    const raised = alarms.map((alarm) => alarm.raisedAt).sort((a, b) => a - b);
    for (const episode of episodes) {
      // What began before nobody could be in time for; what begins after nobody saw.
      if (episode.onset < watched.from || episode.onset > watched.to) continue;
      this.episodeDays.push((Math.min(episode.end, watched.to) - episode.onset) / DAY);
      this.addEpisode(episode, raised);
    }
    for (const { raisedAt, rule } of alarms) {
      if (!episodes.some((episode) => within(raisedAt, episode))) this.falseAlarms += 1;
      const fault = artefacts.find((artefact) => artefact.field === rule.field && within(raisedAt, artefact));
      if (fault !== undefined) count(this.duringArtefacts, fault.kind);
    }
  }

  private addEpisode(episode: TrueEpisode, raised: readonly number[]): void {
    const detection = this.byKind.get(episode.kind) ?? { episodes: 0, detected: 0 };
    this.byKind.set(episode.kind, detection);
    detection.episodes += 1;
    const first = raised.find((time) => within(time, episode));
    if (first === undefined) return;
    detection.detected += 1;
    this.delays.push((first - episode.onset) / SECOND);
  }
}

function within(time: number, { onset, end }: { readonly onset: number; readonly end: number }): boolean {
  return time >= onset && time <= end;
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
