/** Quantile of the normal distribution for an interval of 95%. */
const Z_95 = 1.959964;

/**
 * Area under the ROC curve with the 95% interval of DeLong, DeLong and Clarke-Pearson (Biometrics 1988), ties counting
 * half, by midranks (Sun and Xu, IEEE Signal Processing Letters 2014). No chance in it: the same numbers every time.
 *
 * @param {readonly number[]} cases scores of those with the outcome, two at least
 * @param {readonly number[]} controls scores of those without it, two at least
 * @returns {{ auroc: number, low: number, high: number, cases: number, controls: number }}
 */
export function auroc(cases, controls) {
  const m = cases.length;
  const n = controls.length;
  if (m < 2 || n < 2) throw new RangeError(`auroc: needs two cases and two controls, got ${m} and ${n}`);
  const all = midranks([...cases, ...controls]);
  const byCase = without(all.slice(0, m), midranks(cases)).map((wins) => wins / n);
  const byControl = without(all.slice(m), midranks(controls)).map((losses) => 1 - losses / m);
  const area = mean(byCase);
  const halfWidth = Z_95 * Math.sqrt(variance(byCase) / m + variance(byControl) / n);
  return {
    auroc: area,
    low: Math.max(0, area - halfWidth),
    high: Math.min(1, area + halfWidth),
    cases: m,
    controls: n,
  };
}

/** Ranks from 1, equal values sharing the middle of theirs. */
function midranks(values) {
  const order = values.map((value, index) => ({ value, index })).sort((a, b) => a.value - b.value);
  const ranks = new Array(values.length);
  for (let from = 0; from < order.length;) {
    let to = from;
    while (to < order.length && order[to].value === order[from].value) to++;
    for (let at = from; at < to; at++) ranks[order[at].index] = (from + to + 1) / 2;
    from = to;
  }
  return ranks;
}

const without = (ranks, own) => ranks.map((rank, index) => rank - own[index]);
const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
const variance = (values) => {
  const middle = mean(values);
  return values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (values.length - 1);
};
