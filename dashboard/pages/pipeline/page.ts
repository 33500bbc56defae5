import { h } from '../dom/element.js';
import type { Frame, Page } from '../shell/page.js';
import { question } from '../shell/question.js';
import { accounting } from './accounting.js';
import { flow } from './flow.js';
import { lakeTable, latencyTable, modelTable, rejectTable } from './tables.js';
import type { PipelinePart } from './part.js';

const EVERY_MS = 2_000;

/** The pipeline: whether everything is accounted for, how fast it is, what it refused, and what it has written. */
export function pipelinePage(frame: Frame): Page {
  const place = h('div');
  const parts: readonly PipelinePart[] = [
    accounting(),
    flow(),
    latencyTable(),
    lakeTable(),
    modelTable(),
    rejectTable(),
  ];
  const content = h('div', { class: 'pipeline' }, ...parts.map((part) => part.element));
  content.hidden = true;
  const asked = question(
    frame,
    place,
    EVERY_MS,
    (signal) => frame.source.pipeline({ as_of: frame.route.params['as_of'] }, signal),
    (answer) => {
      content.hidden = false;
      for (const part of parts) part.show(answer);
    },
  );
  return {
    element: h('div', {}, h('h1', {}, 'Pipeline'), place, content),
    title: 'Pipeline',
    show: () => asked.restart(),
    committed: () => asked.again(),
    destroy: () => {
      asked.stop();
      for (const part of parts) part.destroy?.();
    },
  };
}
