import { ConfigurationError } from '../../schema/errors.js';
import { Unanswered } from '../../lake/storage/gcs-failure.js';
import type { CloudApi } from './cloud-api.js';
import { CloudFailure, findingOf, isDisabled, NETWORK, NOT_JSON, SIGN_IN } from './cloud-failure.js';
import { error, ok, warning, type Finding } from './finding.js';
import type { CloudSetting } from './cloud-setting.js';

/** Findings about who asks, and whether anything more can be asked. */
export interface Identity {
  readonly findings: readonly Finding[];
  readonly usable: boolean;
}

/** Seconds that two clocks may differ: beyond the first, times in the ledger mislead; beyond the second, tokens fail. */
const NOTICEABLE_SECONDS = 30;
const FATAL_SECONDS = 300;

/** Whether there are credentials that work, what the clock is worth, and whether the project can be seen. */
export async function checkIdentity(api: CloudApi, setting: CloudSetting, clock: () => number): Promise<Identity> {
  const { project } = setting;
  try {
    const { body, date } = await api.send<Project>('cloudresourcemanager.googleapis.com', `/v3/projects/${project}`);
    const findings = [ok('credentials', 'work'), clockFinding(date, clock()), stateFinding(project, body.state)];
    return { findings, usable: findings.every(({ level }) => level !== 'error') };
  } catch (cause) {
    return explain(cause, setting, clock);
  }
}

interface Project {
  readonly state?: string;
}

function explain(cause: unknown, { project }: CloudSetting, clock: () => number): Identity {
  const one = (finding: Finding): Identity => ({ findings: [finding], usable: false });
  if (isSkewed(cause))
    return one(error('clock', `the token service refuses this machine's time (${said(cause)})`, SET_CLOCK));
  if (cause instanceof ConfigurationError) return one(error('credentials', cause.problem, SIGN_IN));
  if (cause instanceof Unanswered)
    return one(error('network', `no token could be fetched (${cause.message})`, NETWORK));
  if (!(cause instanceof CloudFailure)) throw cause;
  if (cause.status === 0) return one(error('network', `${cause.service} does not answer (${cause.message})`, NETWORK));
  if (cause.reason === NOT_JSON) return one(error('network', `${cause.service} ${cause.message}`, NETWORK));
  const clocks = clockFinding(cause.date, clock());
  if (cause.status === 401) {
    // A token looks expired, or not yet valid, to whoever has another time.
    const skewed = clocks.level === 'error' ? [clocks] : [];
    const problem = `the token was refused: expired, revoked or of a clock that is wrong (${cause.message})`;
    return { findings: [...skewed, error('credentials', problem, SIGN_IN)], usable: false };
  }
  const role = 'roles/browser';
  const create = `Check --project ${project}: the id, not the name or the number. gcloud projects list`;
  const finding = findingOf('project', `project ${project}`, cause, { project, role, create });
  // With this one API off the others can still be asked; for all else nothing has been checked, and that is no success.
  return { findings: [ok('credentials', 'work'), clocks, { ...finding, level: 'error' }], usable: isDisabled(cause) };
}

const SET_CLOCK = 'Set the clock of this machine: timedatectl set-ntp true';

function clockFinding(date: number | null, now: number): Finding {
  if (date === null) return warning('clock', 'the answers carry no time to compare with', SET_CLOCK);
  // The header has whole seconds.
  const seconds = Math.round((now - date) / 1_000);
  const detail = `${Math.abs(seconds)} s ${seconds < 0 ? 'behind' : 'ahead of'} Google`;
  if (Math.abs(seconds) >= FATAL_SECONDS) return error('clock', `${detail}: tokens are refused`, SET_CLOCK);
  if (Math.abs(seconds) >= NOTICEABLE_SECONDS) return warning('clock', detail, SET_CLOCK);
  return ok('clock', `within ${NOTICEABLE_SECONDS} s of Google`);
}

function stateFinding(project: string, state: string | undefined): Finding {
  if (state === 'ACTIVE') return ok('project', `${project} is there`);
  return error('project', `${project} is ${state ?? 'in no state'}`, `gcloud projects undelete ${project}`);
}

/** What the token service says of a signature that is too old, or of tomorrow. */
function isSkewed(cause: unknown): boolean {
  return cause instanceof Error && /reasonable timeframe|iat and exp/i.test(said(cause));
}

function said(cause: unknown): string {
  return cause instanceof ConfigurationError ? cause.problem : (cause as Error).message;
}
