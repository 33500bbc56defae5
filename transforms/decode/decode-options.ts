/** What the caller decides about decoding; everything else is in the message. */
export interface DecodeOptions {
  /** IANA name or UTC offset for times without a zone (flag TZ_ASSUMED); null refuses them (NO_TZ). */
  readonly timezone: string | null;
  /**
   * For tables that are scored row by row (`vitals score FILE.csv`): a CSV row without `patient_id` becomes patient
   * `row-<n>` (n from 1), one without `event_time` takes the message's receive_time; both are flagged NUMBERED.
   */
  readonly numberRows?: boolean;
}
