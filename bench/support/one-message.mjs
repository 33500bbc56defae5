import { cleanse } from '../../dist/transforms/cleanse.js';
import { decode } from '../../dist/transforms/decode/index.js';

const RECEIVED = Date.UTC(2026, 0, 4);

/**
 * One JSON v1 message through decode and cleanse, as every engine runs them.
 * @param {object} message
 * @returns {{ readings: object[], rejects: object[] }} cleansed readings, and what either stage refused
 */
export function transform(message) {
  const bronze = {
    batch: 0,
    offset: 0,
    message_id: '',
    publish_time: null,
    receive_time: RECEIVED,
    source: 'bench',
    dialect: 'json',
    attributes: null,
    payload: Buffer.from(JSON.stringify(message)),
  };
  const decoded = decode(bronze, { timezone: null });
  const cleansed = decoded.rows.map((row) => cleanse(row, { checkClock: false }));
  return {
    readings: cleansed.flatMap(({ rows }) => rows),
    rejects: [...decoded.rejects, ...cleansed.flatMap(({ rejects }) => rejects)],
  };
}
