import type { VitalName } from '../../../schema/vitals.js';
import type { Findings } from '../../findings.js';
import type { VitalLabels } from '../vital-labels.js';
import { WireRecord } from '../wire-record.js';
import type { Candidate } from './choice.js';
import type { ObservedField } from './codes.js';
import type { Delimiters } from './delimiters.js';
import { isLitresPerMinute, unitLabel } from './unit-labels.js';
import { consciousnessOf, numberText, truthOf } from './values.js';

/**
 * The chosen values as members of a flat record, for the readers that all flat records share; what those could not judge
 * is refused here: AMBIGUOUS (code and name of two vitals), TYPE (no single number, no such word), UNIT (of a flow).
 *
 * @param labels is filled with the units that OBX-6 names
 */
export function toWireRecord(
  chosen: ReadonlyMap<ObservedField, Candidate>,
  labels: VitalLabels,
  delimiters: Delimiters,
  findings: Findings,
): WireRecord {
  const record = new WireRecord();
  record.consciousness = null;
  for (const [field, { observation, value }] of chosen) {
    if (observation.coded.contradicted) {
      findings.refuse(field, 'AMBIGUOUS', 'a code and a name of two vital signs');
      continue;
    }
    if (observation.coded.byName) findings.flag(field, 'ALIAS');
    switch (field) {
      case 'lead_off':
      case 'probe_off':
      case 'supplemental_oxygen':
        record[field] = truthOf(value, delimiters);
        break;
      case 'consciousness':
        record.consciousness =
          consciousnessOf(value, delimiters) ?? findings.refuse(field, 'TYPE', 'not A, C, V, P or U');
        break;
      default:
        setNumber(record, field, { observation, value }, labels, delimiters, findings);
    }
  }
  return record;
}

function setNumber(
  record: WireRecord,
  field: VitalName | 'oxygen_flow' | 'fio2' | 'spo2_scale',
  { observation, value }: Candidate,
  labels: VitalLabels,
  delimiters: Delimiters,
  findings: Findings,
): void {
  const text = numberText(observation.type, value, delimiters);
  if (text === null) {
    findings.refuse(field, 'TYPE', 'a value type or structure that is not one number');
  } else if (field === 'oxygen_flow' && !isLitresPerMinute(observation.unit, delimiters)) {
    findings.refuse(field, 'UNIT', 'labelled with a unit that it cannot have');
  } else {
    record[field] = text;
    if (field === 'oxygen_flow' || field === 'fio2' || field === 'spo2_scale') return;
    const unit = unitLabel(field, observation.unit, delimiters);
    if (unit !== undefined) labels[field] = unit;
  }
}
