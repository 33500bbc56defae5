import { createHash } from 'node:crypto';
import { ModelRegistry, type Decision } from '../../lake/model-registry/model-registry.js';
import { openLakeSnapshot, type LakeSnapshot } from '../../lake/reader.js';
import type { TrainedModel } from '../../model/algorithms.js';
import { decodeModelFolder, encodeModelFolder } from '../../model/model-folder.js';
import type { ModelEventRow } from '../../schema/tables/gold-model-events.js';
import { createPatients } from '../../simulator/patients.js';
import { simulateCohort } from '../evaluation/cohort.js';
import { lakeUrl } from '../lake-url.js';
import { makeCandidate } from './candidate.js';
import { compareOnScenarios, compareOnSilver } from './compare-models.js';
import { judge, type Verdict } from './judge.js';
import { checkRetrain, type RetrainRequest } from './request.js';
import { retrainingData, type RetrainingData } from './training-data.js';

/** What a retraining came to. */
export interface Retrained {
  /** `unchanged`: the same data and options were decided about before, and nothing was trained. */
  readonly outcome: 'promoted' | 'challenger' | 'registered' | 'unchanged';
  /** The candidate; null where there were too few readings to make one. */
  readonly model_id: string | null;
  /** What scores now. */
  readonly champion: string | null;
  readonly reason: string;
}

const DAY = 86_400_000;
const MINUTE = 60_000;
const SCENARIOS_FROM = Date.UTC(2026, 0, 5);

/**
 * Trains a candidate on a lake's silver, calibrates it, compares it with the champion on patients that neither has seen, and lets
 * it challenge or score only if it is not worse by a margin. Safe to repeat: the same data and options train and decide nothing new,
 * and a run that ended half-way is taken up where it stands.
 *
 * @param clock epoch milliseconds
 * @throws ConfigurationError, LakeError
 */
export async function retrain(
  request: RetrainRequest,
  clock: () => number,
  progress: (text: string) => void,
): Promise<Retrained> {
  checkRetrain(request);
  const root = lakeUrl(request.lake);
  const registry = new ModelRegistry(root);
  const snapshot = await openLakeSnapshot(root);
  const data = await retrainingData(snapshot, request);
  const { champion } = await registry.aliases();
  if (data === null) {
    const reason = `silver has fewer than ${request['least-readings']} readings in the window`;
    return { outcome: 'unchanged', model_id: null, champion, reason };
  }
  progress(`${data.set.source}: ${data.set.data.count} readings`);
  const known = await knownModel(registry, data.recipe);
  const tag = tagOf(data.recipe, request);
  if (known !== null) {
    const decided = (await registry.events()).find((event) => isAbout(event, known.id, tag));
    if (decided !== undefined) {
      const reason = `nothing new: ${known.id} was made of the same data and options, and ${decided.event}`;
      return { outcome: 'unchanged', model_id: known.id, champion, reason };
    }
  }
  const candidate = known ?? (await makeCandidate(snapshot, data, request));
  progress(`${candidate.id}: ${known === null ? 'trained' : 'there already, and not yet decided about'}`);
  if (candidate.id === champion) {
    return { outcome: 'unchanged', model_id: candidate.id, champion, reason: 'the candidate is the champion' };
  }
  const verdict = await verdictOn(snapshot, registry, champion, candidate, data, request, progress);
  return carryOut(registry, candidate, verdict, { request, tag, time: clock() });
}

/** A registered model that was made of the same data and options. */
async function knownModel(registry: ModelRegistry, recipe: string): Promise<TrainedModel | null> {
  const { registered } = await registry.aliases();
  for (const id of [...registered].reverse()) {
    const model = decodeModelFolder(await registry.read(id), `model ${id}`);
    if (model.training.recipe === recipe) return model;
  }
  return null;
}

/** What a decision is known again by: the recipe, and the terms that it was judged on. */
function tagOf(recipe: string, request: RetrainRequest): string {
  const { measure, margin, then, patients, days } = request;
  const terms = JSON.stringify([recipe, measure, margin, then, patients, days]);
  return `retraining ${createHash('sha256').update(terms).digest('hex').slice(0, 12)}`;
}

function isAbout({ model_id, reason }: ModelEventRow, id: string, tag: string): boolean {
  return model_id === id && reason !== null && reason.endsWith(tag);
}

async function verdictOn(
  snapshot: LakeSnapshot,
  registry: ModelRegistry,
  championId: string | null,
  candidate: TrainedModel,
  { window }: RetrainingData,
  request: RetrainRequest,
  progress: (text: string) => void,
): Promise<Verdict & { readonly isFirst: boolean }> {
  if (championId === null)
    return { isFirst: true, isWorse: false, reason: 'the first champion: there was none to compare with' };
  const champion = decodeModelFolder(await registry.read(championId), `model ${championId}`);
  const { 'false-alarms': falseAlarms, measure, margin, holdout } = request;
  progress(`${candidate.id} and ${championId} on simulated scenarios`);
  const cohorts = {
    quiet: cohortOf('quiet', request['quiet-patients'], request['quiet-days']),
    unseen: cohortOf('unseen', request.patients, request.days),
  };
  const difference = compareOnScenarios(candidate, champion, cohorts, falseAlarms, measure);
  const cut = candidate.training.split?.cut ?? window.to;
  const times = { from: request.simulate === undefined ? cut : window.from, to: window.to };
  const alarms = await compareOnSilver(snapshot, candidate, champion, times, holdout);
  return { isFirst: false, ...judge(difference, alarms, { measure, margin, falseAlarms }) };
}

function cohortOf(name: 'quiet' | 'unseen', patients: number, days: number) {
  const seed = `retrain ${name}`;
  return simulateCohort({
    people: createPatients(seed, patients),
    seed,
    from: SCENARIOS_FROM,
    to: SCENARIOS_FROM + days * DAY,
    intervalMs: MINUTE,
    scenario: name === 'quiet' ? { kind: 'none', share: 0 } : null,
  });
}

interface Carrying {
  readonly request: RetrainRequest;
  readonly tag: string;
  readonly time: number;
}

/** The decision is recorded last, and with its tag: a run that ends before is repeated, one that ends after it is not. */
async function carryOut(
  registry: ModelRegistry,
  candidate: TrainedModel,
  { isFirst, isWorse, reason }: Verdict & { readonly isFirst: boolean },
  { request, tag, time }: Carrying,
): Promise<Retrained> {
  const decision: Decision = { who: request.who, reason: `${reason}; ${tag}`, time };
  const { source } = candidate.training;
  const made = { ...decision, reason: `trained on ${source}, calibrated on ${candidate.calibration?.source}` };
  const files = encodeModelFolder(candidate);
  const registered = await registry.register(files, candidate.id, isWorse ? decision : made);
  const result = { model_id: candidate.id, reason };
  if (isWorse) return { outcome: 'registered', champion: registered.aliases.champion, ...result };
  if (isFirst || request.then === 'promote') {
    const { aliases } = await registry.promote(candidate.id, decision);
    return { outcome: 'promoted', champion: aliases.champion, ...result };
  }
  const { aliases } = await registry.challenge(candidate.id, decision);
  return { outcome: 'challenger', champion: aliases.champion, ...result };
}
