import type { ChildProcess } from 'node:child_process';

export declare function startVitals(args: readonly string[]): ChildProcess;
export declare function saying(child: ChildProcess, pattern: RegExp, withinMs?: number): Promise<RegExpExecArray>;
export declare function ended(child: ChildProcess): Promise<void>;
