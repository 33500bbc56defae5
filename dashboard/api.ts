import type { VitalName } from '../schema/vitals.js';

/**
 * What the dashboard's server answers and its pages draw: one type an answer, JSON over GET, shared by both so that neither
 * drifts. Times are ISO 8601 in UTC unless a name says `_ms` (epoch milliseconds, for charts). Null is missing, never zero.
 * Nothing here identifies a person: `patient_id` is the keyed pseudonym.
 *
 * Every question takes `as_of` (ISO time): then the answer holds what had been committed by that time, and nothing later.
 */

/** The state of the lake that an answer was made from. */
export interface AnswerState {
  /** When what was asked for ends: `as_of`, or the moment of the answer. */
  readonly time: string;
  /** Whether this is now, and not a time that was asked for. */
  readonly live: boolean;
  /** When the newest batch of the answer was committed; null before the first. */
  readonly committed_at: string | null;
  /** Sequence of that batch. */
  readonly batch: number | null;
  /** Newest event time among its readings. */
  readonly latest_event: string | null;
}

export type RiskBand = 'low' | 'low-medium' | 'medium' | 'high';
export type Severity = 'warning' | 'urgent' | 'critical';
export type AlertStatus = 'open' | 'acknowledged' | 'resolved';

export interface WardTile {
  readonly ward: string;
  readonly patients: number;
  /** Patients by the risk band of their latest minute; `unknown` is without a score. */
  readonly bands: Readonly<Record<RiskBand | 'unknown', number>>;
  readonly alerts_last_hour: number;
}

/** A patient in the list: latest minute, and the last hour in a line. */
export interface PatientRisk {
  readonly patient_id: string;
  readonly ward: string | null;
  readonly bed: string | null;
  readonly minute: string;
  readonly news2_low: number | null;
  readonly news2_high: number | null;
  /** Parameters that the score was missing. */
  readonly news2_missing: readonly string[];
  readonly risk_band: RiskBand | null;
  readonly anomaly_score: number | null;
  readonly vitals: Readonly<Record<VitalName, number | null>>;
  /** NEWS2 (high bound) of each of the last 60 minutes, oldest first; null where there was no reading. */
  readonly sparkline: readonly (number | null)[];
  readonly open_alerts: number;
}

export interface WardHourAlerts {
  readonly ward: string;
  readonly hour: string;
  readonly severity: Severity;
  readonly alerts: number;
}

/** How a vital is spread over the patients now: `counts[i]` patients between `edges[i]` (inclusive) and `edges[i + 1]`. */
export interface Distribution {
  readonly vital: VitalName;
  readonly unit: string;
  readonly edges: readonly number[];
  readonly counts: readonly number[];
  /** Band that scores nothing in NEWS2, or the reference range; null where there is none. */
  readonly normal: readonly [number, number] | null;
}

/** GET /api/hospital?ward=&limit=&as_of= */
export interface HospitalAnswer extends AnswerState {
  readonly wards: readonly WardTile[];
  /** Highest risk first, at most `limit` (200), of `ward` where it is given. */
  readonly patients: readonly PatientRisk[];
  readonly patients_total: number;
  /** The last 24 hours. */
  readonly alerts_by_ward_hour: readonly WardHourAlerts[];
  readonly distributions: readonly Distribution[];
}

/** One vital over time, at the resolution of the answer: arrays of equal length; null is a gap and is drawn as one. */
export interface VitalSeries {
  readonly vital: VitalName;
  readonly unit: string;
  readonly normal: readonly [number, number] | null;
  readonly min: readonly (number | null)[];
  readonly max: readonly (number | null)[];
  readonly last: readonly (number | null)[];
}

/** What was done for the patient: supplemental oxygen on or off, as the readings say. */
export interface Intervention {
  readonly time: string;
  readonly kind: 'oxygen_on' | 'oxygen_off';
}

/** GET /api/patient?id=&from=&to=&as_of= ; without a range the last four hours. 404 for an unknown patient. */
export interface PatientAnswer extends AnswerState {
  readonly patient_id: string;
  readonly ward: string | null;
  readonly bed: string | null;
  readonly age: number | null;
  readonly sex: string | null;
  readonly conditions: readonly string[];
  readonly from: string;
  readonly to: string;
  /** Seconds between two points of the series: 60 for hours, 3,600 for weeks. */
  readonly resolution_seconds: number;
  /** Start of each step, epoch ms; every step of the range is there. */
  readonly time_ms: readonly number[];
  readonly vitals: readonly VitalSeries[];
  readonly news2: { readonly low: readonly (number | null)[]; readonly high: readonly (number | null)[] };
  readonly anomaly: {
    readonly score: readonly (number | null)[];
    /** Of the model in use; null without one. */
    readonly threshold: number | null;
    /** Contributions of the worst reading of a step that was an anomaly, by vital; null elsewhere. */
    readonly contributions: readonly (Readonly<Record<string, number>> | null)[];
  };
  readonly alerts: readonly AlertItem[];
  readonly interventions: readonly Intervention[];
}

/** Something that a person did about an alert. Append-only. */
export interface AlertEvent {
  readonly status: Exclude<AlertStatus, 'open'>;
  readonly who: string;
  readonly at: string;
  readonly note: string | null;
}

/** An alert with its ledger of times and its history. */
export interface AlertItem {
  readonly alert_id: string;
  readonly patient_id: string;
  readonly ward: string | null;
  readonly bed: string | null;
  readonly rule: string;
  readonly severity: Severity;
  readonly value: number | null;
  readonly explanation: string;
  readonly event_time: string;
  readonly publish_time: string | null;
  readonly receive_time: string;
  readonly commit_time: string;
  readonly status: AlertStatus;
  readonly history: readonly AlertEvent[];
}

/** GET /api/alerts?status=&severity=&ward=&rule=&patient=&from=&to=&limit=&as_of= ; newest first, at most `limit` (200). */
export interface AlertsAnswer extends AnswerState {
  readonly alerts: readonly AlertItem[];
  readonly total: number;
  readonly counts: Readonly<Record<AlertStatus, number>>;
  /** What the filters may be set to. */
  readonly wards: readonly string[];
  readonly rules: readonly string[];
}

/** POST /api/alerts/:alert_id with this as JSON; answers the {@link AlertItem}. 409 when it is resolved already. */
export interface AlertAction {
  readonly status: 'acknowledged' | 'resolved';
  readonly who: string;
  readonly note?: string;
}

export interface RejectReason {
  readonly stage: string;
  readonly reason: string;
  readonly count: number;
  /** Detail of the newest: says what was wrong, and holds no payload. */
  readonly example: string;
  readonly field: string | null;
  readonly latest: string;
}

export interface TableSize {
  readonly table: string;
  readonly files: number;
  readonly rows: number;
  readonly bytes: number;
}

export interface ModelInUse {
  readonly model_id: string | null;
  readonly first_batch: number;
  readonly last_batch: number;
  readonly rows: number;
}

/** GET /api/pipeline?as_of= */
export interface PipelineAnswer extends AnswerState {
  readonly totals: {
    readonly messages: number;
    readonly received: number;
    readonly silver: number;
    readonly dead_letter: number;
    readonly suppressed: number;
    readonly field_rejects: number;
    readonly conflicts: number;
    readonly alerts: number;
  };
  /** received = silver + dead letter + suppressed. */
  readonly accounted: boolean;
  readonly watermark: string | null;
  /** Each of the last 60 minutes of commits: items received, and the slowest commit after the newest event time, seconds. */
  readonly minutes: readonly {
    readonly minute: string;
    readonly received: number;
    readonly lag_seconds: number | null;
  }[];
  readonly rejects: readonly RejectReason[];
  readonly models: readonly ModelInUse[];
  readonly tables: readonly TableSize[];
  /** Seconds, of the alerts of the last hour. */
  readonly alert_latency: {
    readonly event_to_commit: Percentiles | null;
    readonly publish_to_commit: Percentiles | null;
    readonly receive_to_commit: Percentiles | null;
  };
  /** Resident memory of the writer at most, bytes. */
  readonly peak_rss: number | null;
}

export interface Percentiles {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

/** GET /api/search?q= : patients whose pseudonym, ward or bed begins so, at most 20. */
export interface SearchAnswer {
  readonly patients: readonly {
    readonly patient_id: string;
    readonly ward: string | null;
    readonly bed: string | null;
  }[];
}

/**
 * Server-sent events of GET /api/events. `commit` after each commit that the server has seen, at most one a second;
 * `alert` for each alert that was raised since the last (at most 50); `action` when somebody acted on one.
 */
export interface ServerEvents {
  readonly commit: AnswerState;
  readonly alert: AlertItem;
  readonly action: AlertItem;
}

/** Body of every answer that is not 2xx. */
export interface ErrorAnswer {
  readonly error: string;
  readonly remedy: string;
}

/**
 * What `data.js` of a static export holds: `window.__VITALS_SNAPSHOT__ = {...}`, loaded before the pages' script, which then asks
 * nothing over the network. One time for all of it: `live` is false everywhere.
 */
export interface DashboardSnapshot {
  readonly created_at: string;
  readonly hospital: HospitalAnswer;
  /** By pseudonym; patients that are left out are named in the list, and their page says that they are not in the copy. */
  readonly patients: Readonly<Record<string, PatientAnswer>>;
  readonly alerts: AlertsAnswer;
  readonly pipeline: PipelineAnswer;
}

/**
 * The pages, in dist/dashboard/pages/: served as `/`, `/app.js`, `/app.css` and `/icon.svg`; routes are behind the `#`, so the
 * server knows no others. `snapshot.html` is index.html with `data.js` before the script: an export writes it as index.html.
 * Where a token is needed, `/login` asks for it once (a form; never in an address, which histories and logs keep), sets a cookie
 * (HttpOnly, SameSite=Strict) and redirects to `/`; an answer of the API is 401 until then.
 */
export const PAGE_FILES = ['index.html', 'snapshot.html', 'app.js', 'app.css', 'icon.svg'] as const;
