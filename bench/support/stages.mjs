// CPU profiles by stage of the pipeline: each sample belongs to the innermost of our functions that was on the stack.

/** First match wins: a folder or file below dist/, and the stage whose work it does. */
const STAGES = [
  [/transforms\/decode\//, 'Decode'],
  [/transforms\/(cleanse|vital-check|clock-check|units|scaled-vitals|usable)/, 'Cleanse'],
  [/transforms\/(identify|pseudonym|short-hash|canonical-json)/, 'Identify'],
  [/transforms\/(window|block|bucket|packed-rows|event-date)/, 'Window'],
  [/transforms\/(deduplicate|version-order)/, 'Deduplicate'],
  [/transforms\/(enrich|patients|patient-line|age)/, 'Enrich'],
  [
    /transforms\/(score|scored-json|clinical\/|compiled-rules|flags-json|contributions|describe-scores|anomaly)/,
    'Score',
  ],
  [/transforms\/(current)/, 'Current'],
  [/transforms\/(summarize|patient-minute|patient-summary-row|rounding)/, 'Summarize'],
  [/transforms\/(trend|vital-hour|hour-table)/, 'Trend'],
  [/transforms\/(alert|explain-alert|findings|ward-alerts)/, 'Alert'],
  [/transforms\//, 'Other transforms'],
  [/pipeline\/sources\//, 'Read'],
  [/lake\/parquet|schema\//, 'Parquet'],
  [/lake\//, 'Lake: files, logs, manifest'],
  [/pipeline\/engines\/flink\/(read|write)-outcome|pipeline\/sinks\//, 'Outcome of a job: write, read'],
  [/pipeline\//, 'Settle, panes, commit'],
  [/beam\//, 'Beam: bundles, coders, gRPC'],
];
const NOT_WORK = new Set(['(idle)', '(program)', '(root)']);

/**
 * Microseconds of CPU by stage of one process. A profile's samples are of the clock, on a crowded machine mostly of waiting for a
 * core: they give the shares, and `cpu` (process.cpuUsage(), all threads) what is shared out.
 */
export function microsByStage({ profile, cpu }) {
  const nodes = new Map(profile.nodes.map((node) => [node.id, node]));
  const parents = new Map();
  for (const node of profile.nodes) for (const child of node.children ?? []) parents.set(child, node.id);
  const stages = new Map();
  const stageOf = (id) => {
    if (!stages.has(id))
      stages.set(
        id,
        classify(nodes.get(id), () => stageOf(parents.get(id)), parents.has(id)),
      );
    return stages.get(id);
  };
  const micros = {};
  profile.samples.forEach((id, i) => {
    const stage = stageOf(id);
    if (stage !== null) micros[stage] = (micros[stage] ?? 0) + profile.timeDeltas[i];
  });
  const sampled = Object.values(micros).reduce((sum, each) => sum + each, 0);
  return Object.fromEntries(
    Object.entries(micros).map(([stage, spent]) => [stage, (spent / sampled) * (cpu.user + cpu.system)]),
  );
}

/** Null for a processor that waits. */
function classify({ callFrame: { functionName, url } }, parent, hasParent) {
  if (NOT_WORK.has(functionName) && functionName !== '(root)') return null;
  if (functionName === '(garbage collector)') return 'Garbage collection';
  const ours = /\/dist\/(.*)$/.exec(url)?.[1];
  if (ours !== undefined) {
    const found = STAGES.find(([pattern]) => pattern.test(ours));
    if (found) return found[1];
  }
  if (hasParent) {
    const above = parent();
    if (above !== null && above !== OTHER) return above;
  }
  return /apache-beam|grpc|protobuf/.test(url) ? 'Beam: bundles, coders, gRPC' : OTHER;
}

const OTHER = 'Node and start-up';
