/** The parts of ml-isolation-forest 0.1.0 that model/forest/library.ts uses; the package ships no types. */
declare module 'ml-isolation-forest' {
  interface TreeNode {
    /** Set where the node splits: rows with a value below `splitValue` go left. */
    readonly left?: TreeNode;
    readonly right?: TreeNode;
    readonly splitColumn?: number;
    readonly splitValue?: number;
    /** Set at a leaf: the rows themselves. */
    readonly trainingSet?: readonly (readonly number[])[];
  }

  export class IsolationForest {
    constructor(options?: { nEstimators?: number });
    readonly forest: readonly TreeNode[];
    train(rows: readonly (readonly number[])[]): void;
  }
}
