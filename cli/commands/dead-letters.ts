import type { CommandModule } from 'yargs';
import { listDeadLettersCommand } from './dead-letters/list.js';
import { retryDeadLettersCommand } from './dead-letters/retry.js';
import { showDeadLetterCommand } from './dead-letters/show.js';

export const deadLettersCommand: CommandModule = {
  command: 'dead-letters <command>',
  describe: 'what was refused: list by reason, show one, run them again after a fix',
  builder: (yargs) =>
    yargs
      .command([listDeadLettersCommand, showDeadLetterCommand, retryDeadLettersCommand] as unknown as CommandModule[])
      .demandCommand(1, 'list, show or retry?'),
  handler: () => undefined,
};
