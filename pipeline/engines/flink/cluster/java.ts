import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { ConfigurationError } from '../../../../schema/errors.js';

/** The folder that scripts/engines/flink.sh makes: Flink 1.15 with Beam 2.49.0's runner and job server. */
const JARS = 'flink-1.15-beam-2.49.0-a';
const REMEDY = 'Run: bash scripts/engines/flink.sh';

/** Parts of the JDK that Flink 1.15 and Beam 2.49.0 reach into by reflection; Java 16 and later refuse it otherwise. */
const OPENED = ['lang', 'lang.reflect', 'util', 'util.concurrent', 'io', 'nio', 'time', 'net', 'text'];

/** Quiet but for what an operator needs; Flink's own appenders are not on the class path. */
const LOGGING = [
  '-Dorg.slf4j.simpleLogger.defaultLogLevel=warn',
  '-Dorg.slf4j.simpleLogger.showDateTime=true',
  '-Dorg.slf4j.simpleLogger.dateTimeFormat=HH:mm:ss.SSS',
  '-Dorg.slf4j.simpleLogger.log.org.apache.beam.runners.jobsubmission.JobServerDriver=info',
  '-Dorg.slf4j.simpleLogger.log.org.apache.flink.runtime.taskexecutor=info',
  '-Dorg.slf4j.simpleLogger.log.org.apache.flink.runtime.resourcemanager=info',
  '-Dorg.slf4j.simpleLogger.log.org.apache.flink.runtime.dispatcher.DispatcherRestEndpoint=info',
];

/** Where the engines' cache lies: as scripts/engines/cache.sh has it. */
export function flinkJars(env: NodeJS.ProcessEnv = process.env): string {
  const cache =
    env['ENGINES_CACHE'] ?? join(env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'vitals-lakehouse/engines');
  return join(cache, JARS);
}

/**
 * Why no cluster can be started here, null when one can.
 *
 * Looks for Java and for the jars; a cluster that is attached to needs neither.
 */
export function missingForFlink(jars = flinkJars()): string | null {
  if (spawnSync('java', ['-version']).status !== 0) return 'java is not installed';
  if (!existsSync(jars)) return 'the Flink jars are not installed';
  return null;
}

/** @throws ConfigurationError when Java or the jars are missing */
export function requireFlink(flag: string, jars = flinkJars()): void {
  const missing = missingForFlink(jars);
  if (missing === null) return;
  throw new ConfigurationError(
    flag,
    missing,
    missing.startsWith('java') ? `Install a JDK, 11 or 17. ${REMEDY}` : REMEDY,
  );
}

/** The arguments of `java` for a main class of the jars. */
export function javaArguments(mainClass: string, heapMegabytes: number, args: readonly string[]): string[] {
  return [
    ...OPENED.map((name) => `--add-opens=java.base/java.${name}=ALL-UNNAMED`),
    '--add-opens=java.base/sun.nio.ch=ALL-UNNAMED',
    '--add-exports=java.base/sun.net.util=ALL-UNNAMED',
    '--add-exports=java.management/sun.management=ALL-UNNAMED',
    ...LOGGING,
    // Java only moves bytes here: the quick compiler and the small collector leave the processors to the workers.
    '-XX:+UseSerialGC',
    '-XX:TieredStopAtLevel=1',
    `-Xmx${heapMegabytes}m`,
    '-cp',
    join(flinkJars(), '*'),
    mainClass,
    ...args,
  ];
}
