import type { PipelineAnswer } from '../../api.js';

/** A part of the page: drawn once, then changed in place by each answer. */
export interface PipelinePart {
  readonly element: HTMLElement;
  show(answer: PipelineAnswer): void;
  destroy?(): void;
}
