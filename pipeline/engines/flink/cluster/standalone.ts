import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { NO_STAGING, type ClusterFolders, type ClusterLog, type FlinkCluster } from './cluster.js';
import { freePorts } from './free-port.js';
import { flinkConfiguration } from './flink-configuration.js';
import { javaArguments } from './java.js';
import { addressOf, startJobServer } from './job-server.js';
import { Program } from './program.js';
import { cancelJobs, restStatus } from './rest.js';
import { Supervised } from './supervised.js';

/** Megabytes of heap; off-heap memory is in the configuration. */
const JOB_MANAGER_HEAP = 512;
const TASK_MANAGER_HEAP = 512;

export interface StandaloneOptions {
  readonly taskManagers: number;
  /** Jobs that may run at the same time. */
  readonly jobs: number;
}

/**
 * A session cluster on this machine, one Java process each for the job manager, every task manager and the job server.
 * Each is started again when it ends.
 */
export async function startStandaloneCluster(
  folders: ClusterFolders,
  { taskManagers, jobs }: StandaloneOptions,
  log: ClusterLog,
): Promise<FlinkCluster> {
  const [rpc = 0, rest = 0, blob = 0] = await freePorts(3);
  // One task of each job on every task manager; the spare slots let a job move when a task manager has ended.
  const slots = jobs * 2;
  await writeFile(join(folders.scratch, 'flink-conf.yaml'), flinkConfiguration({ rpc, rest, blob, slots }));
  const restUrl = `http://127.0.0.1:${rest}`;

  const jobManager = new Supervised(() => startJobManager(folders), log);
  const managers = Array.from(
    { length: taskManagers },
    (_, index) => new Supervised(() => startTaskManager(folders, index), log),
  );
  const server = new Supervised(() => startJobServer(`127.0.0.1:${rest}`, folders, folders.scratch), log);
  const all = [server, ...managers, jobManager];
  return {
    name: 'standalone',
    parallelism: taskManagers,
    pipelineOptions: { parallelism: taskManagers, sdkWorkerParallelism: 1, ...NO_STAGING },
    jobServer: async () => {
      await jobManager.running();
      await Promise.all(managers.map((manager) => manager.running()));
      await restStatus(restUrl, taskManagers);
      return addressOf(await server.running());
    },
    pids: async () => {
      const named: [string, number][] = [
        ['job server', (await server.running()).pid],
        ['job manager', (await jobManager.running()).pid],
      ];
      for (const [index, manager] of managers.entries()) {
        named.push([`task manager ${index}`, (await manager.running()).pid]);
      }
      return Object.fromEntries(named);
    },
    cancelJobs: (prefix) => cancelJobs(restUrl, prefix),
    close: async () => {
      await Promise.all(all.map((program) => program.close()));
    },
  };
}

function startJobManager({ scratch, logs }: ClusterFolders): Promise<Program> {
  return Program.start({
    name: 'the job manager',
    command: 'java',
    args: javaArguments('org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint', JOB_MANAGER_HEAP, [
      '--configDir',
      scratch,
    ]),
    env: { FLINK_CONF_DIR: scratch },
    log: join(logs, 'job-manager.log'),
    ready: /Rest endpoint listening at/,
  });
}

function startTaskManager({ scratch, logs }: ClusterFolders, index: number): Promise<Program> {
  const args = [
    '--configDir',
    scratch,
    `-Dtaskmanager.resource-id=task-manager-${index}-${Date.now()}`,
    `-Dio.tmp.dirs=${join(scratch, `task-manager-${index}`)}`,
  ];
  return Program.start({
    name: `task manager ${index}`,
    command: 'java',
    args: [
      '-XX:MaxDirectMemorySize=512m',
      ...javaArguments('org.apache.flink.runtime.taskexecutor.TaskManagerRunner', TASK_MANAGER_HEAP, args),
    ],
    env: { FLINK_CONF_DIR: scratch },
    log: join(logs, `task-manager-${index}.log`),
    ready: /Successful registration at resource manager/,
  });
}
