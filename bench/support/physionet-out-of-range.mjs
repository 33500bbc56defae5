import { transform } from './one-message.mjs';
import { messageOf } from './physionet2012.mjs';

/** Columns of the set, and the vital that each is. */
const VITAL = {
  HR: 'heart_rate',
  RespRate: 'respiratory_rate',
  SaO2: 'spo2',
  SysABP: 'systolic_bp',
  NISysABP: 'systolic_bp',
  DiasABP: 'diastolic_bp',
  NIDiasABP: 'diastolic_bp',
  MAP: 'mean_bp',
  NIMAP: 'mean_bp',
  Temp: 'temperature',
};

const VITALS = [...new Set(Object.values(VITAL))];
/** Any value that no rule couples with another: it keeps the reading usable, so that its flags can be read. */
const COMPANION = { glucose: 100 };
const OUTCOMES = ['rejected', 'removed', 'flagged', 'accepted'];

/**
 * What becomes of the real values outside the range that a careful reader of the set would keep, through decode and
 * cleanse. `rejected`: refused with a reason. `removed`: taken for "no value", with a flag. `flagged`: kept, with a flag.
 * `accepted`: kept as it is. Each is fed alone; those of stays in `rows` also with the rest of their row, since a pressure
 * is judged beside the other one.
 *
 * @param {readonly object[]} values of physionet2012_out_of_range_values.csv
 * @param {readonly object[]} rows of physionet2012_vitals_500pts.csv
 */
export function studyOutOfRange(values, rows) {
  const byMoment = new Map(rows.map((row) => [`${row.RecordID} ${row.minute_since_icu_admission}`, row]));
  const alone = values.map((each) => judge(each, rowOf(each)));
  const inRow = values.flatMap((each) => {
    const row = byMoment.get(`${each.RecordID} ${each.min}`);
    // Of two values at one minute the set has the other one in its row.
    return row === undefined || Number(row[each.param]) !== Number(each.value)
      ? []
      : [judge(each, ofSite(row, each.param))];
  });
  return { alone: tableOf(alone), in_row: tableOf(inRow) };
}

function rowOf({ RecordID, min, param, value }) {
  return { RecordID, minute_since_icu_admission: min, [param]: value };
}

/** The row as its cuff or its arterial line alone saw it: a value of the other would be read in place of this one. */
function ofSite(row, param) {
  const cuff = (name) => name.startsWith('NI');
  const line = (name) => ['SysABP', 'DiasABP', 'MAP'].includes(name);
  const other = cuff(param) ? line : line(param) ? cuff : () => false;
  return Object.fromEntries(Object.entries(row).filter(([name]) => !other(name)));
}

function judge({ param }, row) {
  const vital = VITAL[param];
  const { readings, rejects } = transform({ ...messageOf(row), ...COMPANION });
  const reject = rejects.find(({ field }) => field === vital);
  if (reject !== undefined) return { vital, outcome: 'rejected', why: `${reject.reason}: ${reject.detail}` };
  const why = readings[0].flags?.[vital]?.join(' ') ?? 'believable';
  if (readings[0][vital] === null) return { vital, outcome: 'removed', why };
  return { vital, outcome: why === 'believable' ? 'accepted' : 'flagged', why };
}

function tableOf(judged) {
  const total = Object.fromEntries(OUTCOMES.map((name) => [name, judged.filter((one) => one.outcome === name).length]));
  const lines = new Map();
  for (const { vital, outcome, why } of judged) {
    const key = JSON.stringify({ vital, outcome, why });
    lines.set(key, (lines.get(key) ?? 0) + 1);
  }
  const rank = ({ vital, outcome }) => VITALS.indexOf(vital) * 10 + OUTCOMES.indexOf(outcome);
  const why = [...lines].map(([key, count]) => ({ ...JSON.parse(key), count }));
  return { values: judged.length, ...total, why: why.sort((a, b) => rank(a) - rank(b) || b.count - a.count) };
}
