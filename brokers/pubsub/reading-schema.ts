/**
 * What a topic of readings can hold its publishers to: that each message is a JSON object with a patient and a time.
 *
 * No more, because Avro's JSON has another form than JSON v1 for values that may be null or absent ({"double": 36.8}),
 * and refuses a message in which such a field is missing. Members that are not named here pass. Everything else is judged
 * by decode and cleanse, one message at a time and with a reason.
 */
export const READING_SCHEMA = JSON.stringify({
  type: 'record',
  name: 'VitalsReading',
  doc: 'A reading on the wire, JSON v1 (docs/message-format.md).',
  fields: [
    { name: 'patient_id', type: 'string', doc: 'The patient, as the sender knows them.' },
    { name: 'event_time', type: 'string', doc: 'When it was measured: ISO 8601 with a zone.' },
  ],
});
