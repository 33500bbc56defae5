/** Whose each reading of a matrix is, and when it was taken: what windows and history are made from. */
export interface PatientSeries {
  /** By reading: a number a patient; which one does not matter. */
  readonly patients: Uint32Array;
  /** By reading: epoch milliseconds. */
  readonly times: Float64Array;
}

/** Readings by patient, then time, then place in the file; and for each reading its place in that order. */
export interface PatientOrder {
  readonly order: Uint32Array;
  readonly place: Uint32Array;
}

/** Sorts readings; stable, so that of equal times the later line stays the later one. */
export function patientOrder({ patients, times }: PatientSeries): PatientOrder {
  const order = Uint32Array.from(patients, (_, reading) => reading);
  order.sort((a, b) => patients[a]! - patients[b]! || times[a]! - times[b]! || a - b);
  const place = new Uint32Array(order.length);
  order.forEach((reading, at) => (place[reading] = at));
  return { order, place };
}
