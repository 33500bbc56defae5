import type { IncomingMessage, ServerResponse } from 'node:http';
import { ActionRefused, actOnAlert } from '../alert-events/act-on-alert.js';
import { actionOf } from '../alert-events/lifecycle.js';
import type { AlertEventLog } from '../../lake/alert-event-log.js';
import { LakeError } from '../../lake/lake-error.js';
import type { Answers } from '../queries/answers.js';
import { alertsQuestionOf, asOfOf, BadRequest, limitOf, patientQuestionOf, textOf } from './parameters.js';
import { readBody } from './read-body.js';
import { sendError, sendJson } from './respond.js';

/** Answers what begins with /api/, but for the events. */
export class ApiHandler {
  constructor(
    private readonly answers: Answers,
    private readonly events: AlertEventLog,
    private readonly clock: () => number,
    /** Called when somebody has acted on an alert. */
    private readonly acted: () => void,
  ) {}

  /** False when there is no such address. Never throws: whatever goes wrong is answered. */
  async handle(url: URL, request: IncomingMessage, response: ServerResponse): Promise<boolean> {
    try {
      const answer = await this.#answer(url, request);
      if (answer === undefined) return false;
      if (answer === null) sendError(response, 404, UNKNOWN_PATIENT);
      else sendJson(response, 200, JSON.stringify(answer));
    } catch (error) {
      refuse(response, error);
    }
    return true;
  }

  /** Undefined for an unknown address or method, null for an unknown patient. */
  #answer({ pathname, searchParams: query }: URL, request: IncomingMessage): Promise<unknown> | undefined {
    if (request.method === 'POST') return this.#act(pathname, request);
    switch (pathname) {
      case '/api/hospital':
        return this.answers.hospital({ ward: textOf(query, 'ward'), limit: limitOf(query) }, asOfOf(query));
      case '/api/patient':
        return this.answers.patient(patientQuestionOf(query), asOfOf(query));
      case '/api/alerts':
        return this.answers.alerts(alertsQuestionOf(query), asOfOf(query));
      case '/api/pipeline':
        return this.answers.pipeline(asOfOf(query));
      case '/api/search':
        return this.answers.search(textOf(query, 'q') ?? '');
      default:
        return undefined;
    }
  }

  #act(path: string, request: IncomingMessage): Promise<unknown> | undefined {
    const [, id] = /^\/api\/alerts\/([\w-]{1,64})$/.exec(path) ?? [];
    if (id === undefined) return undefined;
    return this.#record(id, request);
  }

  async #record(id: string, request: IncomingMessage): Promise<unknown> {
    const action = actionOf(parse(await readBody(request)));
    if ('problem' in action) throw new BadRequest(action.problem, action.remedy);
    const item = await actOnAlert(this.answers, this.events, id, action, this.clock());
    this.acted();
    return item;
  }
}

const UNKNOWN_PATIENT = {
  error: 'The lake knows no patient by this pseudonym',
  remedy: 'Search for the beginning of it, or for the bed',
};

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new BadRequest('The body is not JSON', 'Send {"status", "who"}');
  }
}

function refuse(response: ServerResponse, error: unknown): void {
  if (error instanceof BadRequest) {
    return sendError(response, 400, { error: error.problem, remedy: error.remedy });
  }
  if (error instanceof ActionRefused) {
    const status = error.reason === 'unknown' ? 404 : 409;
    return sendError(response, status, { error: error.problem, remedy: error.remedy });
  }
  if (error instanceof LakeError) return refuseLake(response, error);
  // What DuckDB says may quote a statement: the page has no use for it, and nothing of it is of help to a person.
  sendError(response, 500, {
    error: 'This question could not be answered',
    remedy: 'Try again; then run vitals doctor',
  });
}

function refuseLake(response: ServerResponse, error: LakeError): void {
  if (error.code === 'NOT_A_LAKE') {
    return sendError(response, 503, {
      error: 'There is no lake yet',
      remedy: 'Wait for the first commit, or run vitals start',
    });
  }
  sendError(response, error.code === 'GONE' ? 410 : 503, { error: error.problem, remedy: error.remedy });
}
