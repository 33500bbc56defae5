import type { Interval } from '../../model/evaluation/bootstrap.js';
import type { Comparison } from './compare-detectors.js';
import type { ScenarioReport } from './scenarios.js';

export const SENSITIVITY_PLOT = 'sensitivity.svg';
export const CALIBRATION_PLOT = 'calibration.svg';

/** The evaluation as Markdown: what it may be used for first, then the comparison, then where each detector is good. */
export function scenarioMarkdown(report: ScenarioReport): string {
  const { options, persistence, comparisons } = report;
  const { patients, days, quietPatients, quietDays, seed, falseAlarms } = options;
  const [first] = comparisons.flatMap(({ assessment }) => (assessment === null ? [] : [assessment]));
  return [
    '# Detectors on scenarios that they have never seen',
    '',
    '**These patients are simulated, and where a model was trained on simulated history, the same generator made both. The figures',
    'compare detectors with each other; they say nothing about real patients. Not a medical device.**',
    '',
    `${patients} patients over ${days} days (seed \`${seed}\`), ${first?.events ?? 0} deteriorations that began meanwhile. Every detector alarms when`,
    `${persistence.k} of ${persistence.n} minutes are at or above its threshold, and again after ${persistence.rearmMinutes} minutes without. Its threshold is set by conformal risk`,
    `control for ${falseAlarms} false alarms per patient-day, on ${quietPatients} quiet patients over ${quietDays} days, and checked on as many others.`,
    'Ranges are 95% bootstrap intervals over patients.',
    '',
    '| detector | AUC | average precision | events found | median delay, minutes | false alarms per patient-day |',
    '| --- | --- | --- | --- | --- | --- |',
    ...comparisons.map(comparisonRow),
    '',
    ...comparisons.map(({ detector }) => `- **${detector.name}**: ${detector.description}`),
    '',
    'AUC and average precision rank single minutes: of an event against quiet ones. Delay counts from the onset of the event, and only events',
    'that were found have one.',
    '',
    `![Events found by false alarms](${SENSITIVITY_PLOT})`,
    '',
    '## False alarms: asked for and measured',
    '',
    '| detector | asked for | threshold | on the calibration patients | on other quiet patients | events found |',
    '| --- | --- | --- | --- | --- | --- |',
    ...comparisons.flatMap(settingRows),
    '',
    `![False alarms asked for and measured](${CALIBRATION_PLOT})`,
    '',
    '## By kind of event',
    '',
    ...kindTable(comparisons),
    '',
  ].join('\n');
}

function comparisonRow({ detector, assessment }: Comparison): string {
  if (assessment === null) return `| ${detector.name} | too few quiet days for this setting | | | | |`;
  const { auc, averagePrecision, sensitivity, delayMedian, falseAlarms } = assessment;
  return `| ${[
    detector.name,
    range(auc, 3),
    range(averagePrecision, 3),
    range(sensitivity, 2),
    range(delayMedian, 0),
    range(falseAlarms, 2),
  ].join(' | ')} |`;
}

function range({ estimate, low, high }: Interval, digits: number): string {
  if (Number.isNaN(estimate)) return '-';
  return `${estimate.toFixed(digits)} (${low.toFixed(digits)}-${high.toFixed(digits)})`;
}

function settingRows({ detector, settings }: Comparison): string[] {
  return settings.map(({ target, threshold, calibrated, measured, sensitivity }) => {
    const figures = [threshold, calibrated, measured, sensitivity].map((figure) =>
      figure === null ? '-' : Number(figure.toPrecision(3)).toString(),
    );
    return `| ${[detector.name, target, ...figures].join(' | ')} |`;
  });
}

function kindTable(comparisons: readonly Comparison[]): string[] {
  const assessed = comparisons.flatMap(({ detector, assessment }) =>
    assessment === null ? [] : [{ name: detector.name, kinds: assessment.byKind }],
  );
  const kinds = assessed[0]?.kinds ?? [];
  return [
    `| kind | events | ${assessed.map(({ name }) => `${name}: found (median delay)`).join(' | ')} |`,
    `| --- | --- | ${assessed.map(() => '---').join(' | ')} |`,
    ...kinds.map(({ kind, events }) => {
      const cells = assessed.map(({ kinds: own }) => {
        const { found, delayMedian } = own.find((one) => one.kind === kind)!;
        return found === 0 ? '0' : `${found} (${Math.round(delayMedian)} min)`;
      });
      return `| ${[kind.replaceAll('_', ' '), events, ...cells].join(' | ')} |`;
    }),
  ];
}
