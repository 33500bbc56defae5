import type { Action, AddFile, MetaData, Protocol, RemoveFile } from './actions.js';

/** What the actions of a log up to a version add up to. Mutable: {@link apply} moves it on by one version. */
export class TableState {
  version = -1;
  protocol: Protocol | null = null;
  metaData: MetaData | null = null;
  /** Application to the last version it committed. */
  readonly transactions = new Map<string, number>();
  /** Path to file, in the order in which they were added. */
  readonly live = new Map<string, AddFile>();
  readonly removed = new Map<string, RemoveFile>();

  /** Replays one commit; actions of a checkpoint count as one commit too. */
  apply(version: number, actions: readonly Action[]): void {
    for (const action of actions) {
      if ('add' in action) this.#add(action.add);
      else if ('remove' in action) this.#remove(action.remove);
      else if ('txn' in action) this.transactions.set(action.txn.appId, action.txn.version);
      else if ('metaData' in action) this.metaData = action.metaData;
      else if ('protocol' in action) this.protocol = action.protocol;
    }
    this.version = version;
  }

  copy(): TableState {
    const copy = new TableState();
    copy.version = this.version;
    copy.protocol = this.protocol;
    copy.metaData = this.metaData;
    for (const [appId, version] of this.transactions) copy.transactions.set(appId, version);
    for (const [path, file] of this.live) copy.live.set(path, file);
    for (const [path, file] of this.removed) copy.removed.set(path, file);
    return copy;
  }

  #add(file: AddFile): void {
    this.removed.delete(file.path);
    this.live.set(file.path, file);
  }

  #remove(file: RemoveFile): void {
    this.live.delete(file.path);
    this.removed.set(file.path, file);
  }
}
