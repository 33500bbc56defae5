import { describe, expect, test } from '@jest/globals';
import type { AlertItem, AlertStatus } from '../../../dashboard/api.js';
import { FEED_LIMIT, passes, withAlert } from '../../../dashboard/pages/logic/alert-feed.js';
import { EPISODE_GAP_MS, episodesOf } from '../../../dashboard/pages/logic/episodes.js';
import { ledgerOf } from '../../../dashboard/pages/logic/ledger.js';
import { fakeAlert } from './fake-hospital.js';

const START = Date.parse('2026-11-21T07:00:00Z');
const alert = (number: number, time: number, status: AlertStatus = 'open'): AlertItem => ({
  ...fakeAlert(0, time),
  alert_id: `a${number}`,
  status,
  history: status === 'open' ? [] : [{ status, who: 'Ana', at: new Date(time).toISOString(), note: null }],
});

describe('episodes of alerts', () => {
  test('alerts of one patient and rule within 15 minutes are one, the newest in front', () => {
    const [episode, ...others] = episodesOf([alert(1, START), alert(2, START + EPISODE_GAP_MS)]);
    expect(others).toEqual([]);
    expect([episode!.key, episode!.latest.alert_id, episode!.alerts.length]).toEqual(['a1', 'a2', 2]);
    expect(episodesOf([alert(1, START), alert(2, START + EPISODE_GAP_MS + 1)])).toHaveLength(2);
  });

  test('another rule or another patient is another episode', () => {
    const other = { ...alert(2, START), rule: 'other' };
    const neighbour = { ...alert(3, START), patient_id: 'neighbour' };
    expect(episodesOf([alert(1, START), other, neighbour])).toHaveLength(3);
  });

  test('an acknowledgement holds while the episode goes on, and counts what came since', () => {
    const [episode] = episodesOf([alert(1, START, 'acknowledged'), alert(2, START + 1_000), alert(3, START + 2_000)]);
    expect([episode!.status, episode!.since]).toEqual(['acknowledged', 2]);
  });

  test('an alert after it was resolved opens it again', () => {
    expect(episodesOf([alert(1, START, 'resolved')])[0]!.status).toBe('resolved');
    expect(episodesOf([alert(1, START, 'resolved'), alert(2, START + 1_000)])[0]!.status).toBe('open');
  });

  test('an alert that is given twice counts once', () => {
    expect(episodesOf([alert(1, START), alert(1, START)])[0]!.alerts).toHaveLength(1);
  });
});

describe('the feed', () => {
  test('puts what arrives in front, what changes in its place, and forgets the oldest', () => {
    let feed: readonly AlertItem[] = [];
    for (let number = 0; number <= FEED_LIMIT; number++) feed = withAlert(feed, alert(number, START + number));
    expect([feed.length, feed[0]!.alert_id, feed.at(-1)!.alert_id]).toEqual([FEED_LIMIT, `a${FEED_LIMIT}`, 'a1']);
    feed = withAlert(feed, alert(5, START, 'acknowledged'));
    expect(feed.find((each) => each.alert_id === 'a5')!.status).toBe('acknowledged');
  });

  test('an answer that was made before an action does not undo it', () => {
    const feed = withAlert([alert(1, START, 'acknowledged')], alert(1, START));
    expect(feed[0]!.status).toBe('acknowledged');
  });

  test('takes in what passes all the filters', () => {
    const one = alert(1, START);
    expect(passes(one, { severity: one.severity, ward: one.ward!, rule: one.rule, patient: one.patient_id })).toBe(
      true,
    );
    expect(passes(one, { ward: 'elsewhere' })).toBe(false);
  });
});

describe('the ledger', () => {
  test('counts each step from the one before it that has a time', () => {
    const item = { ...alert(1, START), publish_time: null };
    const steps = ledgerOf(item, START + 2_000).map(({ name, after }) => [name, after]);
    expect(steps).toEqual([
      ['event', null],
      ['publish', null],
      ['receive', 0.31],
      ['commit', 1.14],
      ['shown', 0.55],
    ]);
  });
});
