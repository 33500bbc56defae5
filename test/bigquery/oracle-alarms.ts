import type { PatientSummaryRow } from '../../schema/tables/gold-patient-summary.js';
import { AlarmMachine, type AlarmSpan } from '../../transforms/alarms/alarm-machine.js';
import type { AlarmRule, AlarmRuleSet } from '../../transforms/alarms/alarm-rule.js';
import { alarmId } from '../../transforms/alarms/patient-alarms.js';
import { STANDARD } from '../../transforms/alarms/rule-sets.js';
import { groupBy } from './group-by.js';
import type { ViewRow } from './oracle.js';

/**
 * What gold.alarms must answer: the state machine of transforms/alarms over the latest panes, a minute as one value at its
 * start. Here the machine is the oracle of the SQL; test/transforms/alarms holds it against rules of its own.
 */
export function alarmsOf(latest: readonly PatientSummaryRow[], set: AlarmRuleSet = STANDARD): ViewRow[] {
  const patients = groupBy(
    latest.filter((row) => row.n > 0),
    (row) => row.patient_id,
  );
  return [...patients.values()].flatMap((rows) => {
    const minutes = rows.sort((a, b) => a.window_start - b.window_start);
    return set.rules.flatMap((rule) => spansOf(minutes, rule).map((span) => alarmRow(minutes, rule, set, span)));
  });
}

function spansOf(minutes: readonly PatientSummaryRow[], rule: AlarmRule): AlarmSpan[] {
  const spans: AlarmSpan[] = [];
  const machine = new AlarmMachine(rule, (span) => spans.push(span));
  for (const row of minutes) machine.observe(row.window_start, ...valuesOf(row, rule));
  machine.finish();
  return spans;
}

function valuesOf(row: PatientSummaryRow, { field, appliesTo }: AlarmRule): [least: number, greatest: number] {
  const pane = row as unknown as Readonly<Record<string, number | null>>;
  if (appliesTo === 'news2' && row.news2_low === null) return [NaN, NaN];
  if (field === 'news2_low') return [row.news2_low ?? NaN, row.news2_low ?? NaN];
  const [least, greatest] = [pane[`${field}_min`] ?? NaN, pane[`${field}_max`] ?? NaN];
  const nothing = (field === 'spo2' || field === 'systolic_bp') && greatest === 0;
  return nothing ? [NaN, NaN] : [least, greatest];
}

function alarmRow(
  minutes: readonly PatientSummaryRow[],
  rule: AlarmRule,
  set: AlarmRuleSet,
  { onset, raisedAt, endedAt, ending, worst }: AlarmSpan,
): ViewRow {
  const minuteOf = (time: number) => minutes.find((row) => row.window_start === time) as PatientSummaryRow;
  const { patient_id } = minuteOf(onset);
  return {
    alarm_id: alarmId(patient_id, rule.name, set, onset),
    patient_id,
    rule: rule.name,
    severity: rule.severity,
    ward: minuteOf(raisedAt).ward,
    event_date: minuteOf(onset).event_date,
    onset: new Date(onset).toISOString(),
    raised_at: new Date(raisedAt).toISOString(),
    ended_at: endedAt === null ? null : new Date(endedAt).toISOString(),
    state: ending ?? 'on',
    worst,
  };
}
