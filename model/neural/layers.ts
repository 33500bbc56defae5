/** A dense layer as it was trained: kernel of `inputs` x `outputs`, row-major, as Keras and TensorFlow.js have it. */
export interface DenseLayer {
  readonly kind: 'dense';
  readonly activation: 'linear' | 'softsign';
  readonly inputs: number;
  readonly outputs: number;
  readonly kernel: Float32Array;
  readonly bias: Float32Array;
}

/**
 * An LSTM layer that returns its last state: kernel of `inputs` x 4 `outputs`, recurrent kernel of `outputs` x
 * 4 `outputs`, gates in the order input, forget, cell, output, as Keras and TensorFlow.js have it.
 */
export interface LstmLayer {
  readonly kind: 'lstm';
  readonly inputs: number;
  readonly outputs: number;
  readonly kernel: Float32Array;
  readonly recurrent: Float32Array;
  readonly bias: Float32Array;
}

export type Layer = DenseLayer | LstmLayer;

/** A trained network with what is typical of its errors: all that weights.bin holds (docs/model-format.md). */
export interface NetworkWeights {
  /** Features of a step. */
  readonly features: number;
  /** Numbers of an encoded step. */
  readonly slots: number;
  /** Steps of a row: 1 unless it is a window. */
  readonly steps: number;
  readonly layers: readonly Layer[];
  /** By feature: median of the squared error over the training rows. */
  readonly typical: Float64Array;
}
