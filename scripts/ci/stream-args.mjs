#!/usr/bin/env node
// The command line of the stream, one argument a line, from the outputs that Terraform has left: that of the process that writes the
// lake, with the image of this release for Dataflow's workers. What that process only follows is submitted from here: without --follow.
//
//   stream-args.mjs OUTPUTS WORKER_IMAGE            for that process
//   stream-args.mjs OUTPUTS WORKER_IMAGE FOLDER     for this machine, where fetch-inputs.sh has put its files into FOLDER
import { readFileSync } from 'node:fs';

const [outputs, workerImage, folder] = process.argv.slice(2);
if (!outputs || !workerImage) fail('usage: stream-args.mjs OUTPUTS WORKER_IMAGE [FOLDER]', 2);

/** Where Terraform mounts the secret and the inputs (terraform/modules/streaming). */
const MOUNTS = { '/secrets/pseudonym/': '/', '/inputs/': '/inputs/' };

const args = readArgs();
for (const argument of args) {
  if (typeof argument !== 'string' || /\n|;;/.test(argument)) fail(`stream_args holds ${JSON.stringify(argument)}`);
}
const wanted = folder ? args.filter((argument) => argument !== '--follow') : args;
process.stdout.write(wanted.map((argument, at) => `${rewritten(argument, wanted[at - 1])}\n`).join(''));

function readArgs() {
  let value;
  try {
    value = JSON.parse(readFileSync(outputs, 'utf8')).stream_args?.value;
  } catch (error) {
    fail(`${outputs} cannot be read: ${error.message}`);
  }
  if (!Array.isArray(value)) fail(`${outputs} has no stream_args: the environment has no image yet, and no stream`);
  return value;
}

function rewritten(argument, flag) {
  if (flag === '--worker-image') return workerImage;
  const mount = folder && Object.keys(MOUNTS).find((path) => argument.startsWith(path));
  return mount ? folder + MOUNTS[mount] + argument.slice(mount.length) : argument;
}

function fail(message, status = 1) {
  process.stderr.write(`stream-args.mjs: ${message}\n`);
  process.exit(status);
}
