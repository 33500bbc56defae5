/**
 * Actions of a Delta log, as the protocol names them: https://github.com/delta-io/delta/blob/master/PROTOCOL.md (reader
 * version 1, writer version 2). One JSON object a line in a commit file; one column each in a checkpoint.
 */

/** A data file that became part of the table. */
export interface AddFile {
  /** Relative to the table's folder, URL-encoded. */
  readonly path: string;
  readonly partitionValues: Readonly<Record<string, string | null>>;
  /** Bytes. */
  readonly size: number;
  /** Epoch ms. */
  readonly modificationTime: number;
  /** False when rows only moved (compaction). */
  readonly dataChange: boolean;
  /** A JSON text: {@link FileStats}. */
  readonly stats?: string | null;
}

/** A data file that is no longer part of the table; the file itself goes later. */
export interface RemoveFile {
  readonly path: string;
  /** Epoch ms. */
  readonly deletionTimestamp: number;
  readonly dataChange: boolean;
  readonly extendedFileMetadata?: boolean | null;
  readonly partitionValues?: Readonly<Record<string, string | null>> | null;
  readonly size?: number | null;
}

/** The progress of an application: what makes a batch idempotent. */
export interface Transaction {
  readonly appId: string;
  readonly version: number;
  readonly lastUpdated?: number | null;
}

export interface Protocol {
  readonly minReaderVersion: number;
  readonly minWriterVersion: number;
}

export interface MetaData {
  readonly id: string;
  readonly format: { readonly provider: string; readonly options: Readonly<Record<string, string>> };
  readonly schemaString: string;
  readonly partitionColumns: readonly string[];
  readonly configuration: Readonly<Record<string, string>>;
  readonly createdTime?: number | null;
}

/** What was done, for people and for `history()`; `userMetadata` carries what this project keeps with a commit. */
export interface CommitInfo {
  readonly timestamp: number;
  readonly operation: string;
  readonly operationParameters: Readonly<Record<string, string>>;
  readonly engineInfo: string;
  readonly userMetadata?: string;
}

export type Action =
  | { readonly commitInfo: CommitInfo }
  | { readonly protocol: Protocol }
  | { readonly metaData: MetaData }
  | { readonly txn: Transaction }
  | { readonly add: AddFile }
  | { readonly remove: RemoveFile };
