// Renders model/forest/walk.wat to the bytes that Node runs: part of `npm run render`. What it writes is committed, so that
// running needs no compiler.
import { readFileSync, writeFileSync } from 'node:fs';
import wabt from 'wabt';

const SOURCE = 'model/forest/walk.wat';
const TARGET = 'model/forest/walk.generated.ts';

const parsed = (await wabt()).parseWat(SOURCE, readFileSync(SOURCE, 'utf8'));
parsed.validate();
const bytes = Buffer.from(parsed.toBinary({}).buffer).toString('base64');
const lines = bytes.match(/.{1,100}/g).map((line) => `  '${line}'`);
writeFileSync(
  TARGET,
  `// Rendered from ${SOURCE} by \`npm run render\`: change that, not this file.\n\n` +
    `/** The compiled walk, in base64. */\nexport const WALK =\n${lines.join(' +\n')};\n`,
);
