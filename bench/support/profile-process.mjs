// Loaded into a process by `node --import`: writes its CPU profile into PROFILE_FOLDER when it ends, SIGTERM included.
import { writeFileSync } from 'node:fs';
import { Session } from 'node:inspector';
import { join } from 'node:path';

const session = new Session();
session.connect();
session.post('Profiler.enable');
session.post('Profiler.setSamplingInterval', { interval: 500 });
session.post('Profiler.start');
process.once('exit', () => {
  // On a session of the same thread the answer comes before post returns.
  session.post('Profiler.stop', (error, result) => {
    if (error) return;
    writeFileSync(
      join(process.env.PROFILE_FOLDER, `${process.pid}.cpuprofile`),
      JSON.stringify({ profile: result.profile, cpu: process.cpuUsage() }),
    );
  });
});
process.once('SIGTERM', () => process.exit(0));
