import { ConfigurationError } from '../../../schema/errors.js';
import { BackOff } from './back-off.js';
import { KafkaFault } from './kafka-client.js';

export interface AttemptOptions {
  /** Address for notices and errors. */
  readonly url: string;
  readonly clock: () => number;
  readonly notice: (line: string) => void;
  /** True when nobody wants the work done any more. */
  readonly stopped: () => boolean;
  /** Waits, less long when {@link stopped} becomes true. */
  readonly pause: (milliseconds: number) => Promise<void>;
  /** Called after each failure, before the next attempt. */
  readonly renew: (fault: KafkaFault) => Promise<void>;
}

/** Does what may fail until it works: growing pauses, a notice when it begins to fail and when it has ended. */
export class Attempts {
  constructor(private readonly options: AttemptOptions) {}

  /**
   * @param patienceMillis how long it may go on failing
   * @throws ConfigurationError when waiting does not help, or has not for so long; anything that is no {@link KafkaFault}
   */
  async insist(patienceMillis: number, work: () => Promise<void>): Promise<void> {
    const { url, notice } = this.options;
    const backOff = new BackOff(this.options.clock);
    let failures = 0;
    for (;;) {
      try {
        await work();
        if (failures > 0) notice(`${url} answers again, after ${seconds(backOff.failingMillis)} s`);
        return;
      } catch (error) {
        if (!(error instanceof KafkaFault)) throw error;
        if (this.options.stopped()) return;
        if (error.kind === 'refused') throw refused(url, error);
        const pause = backOff.failed();
        if (backOff.failingMillis + pause > patienceMillis) throw silent(url, error, patienceMillis);
        if (failures === 0) notice(`${url} ${complaint(error)}; trying again`);
        failures += 1;
        await this.options.renew(error);
        await this.options.pause(pause);
      }
    }
  }
}

function complaint(fault: KafkaFault): string {
  return fault.kind === 'absent' ? 'is no topic of its cluster' : `does not answer (${fault.message})`;
}

function refused(url: string, fault: KafkaFault): ConfigurationError {
  const remedy = 'Check KAFKA_USERNAME, KAFKA_PASSWORD_FILE, KAFKA_SASL_MECHANISM, KAFKA_TLS and the permissions.';
  return new ConfigurationError('--source', `${url} refuses (${fault.message})`, remedy);
}

function silent(url: string, fault: KafkaFault, millis: number): ConfigurationError {
  if (fault.kind === 'absent') {
    const problem = `${url}: the cluster has no such topic`;
    return new ConfigurationError('--source', problem, 'Create it (kafka-topics --create), or correct its name.');
  }
  return new ConfigurationError(
    '--source',
    `${url}: no broker has answered for ${seconds(millis)} s (${fault.message})`,
    'Start the broker, correct host and port, or set KAFKA_TLS and KAFKA_USERNAME if it wants them; nothing is lost.',
  );
}

function seconds(millis: number): string {
  return (millis / 1000).toFixed(millis < 10_000 ? 1 : 0);
}
