#!/usr/bin/env node
/**
 * Turns the vital signs of the PhysioNet/CinC Challenge 2012 (a CSV with one row a stay and minute) into JSON v1, a
 * message a line, so that real intensive-care data can be run through the pipeline:
 *
 *   node scripts/physionet2012-to-json.mjs < physionet2012_vitals.csv > landing/physionet.ndjson
 */
import { messageOf, readCsv } from '../bench/support/physionet2012.mjs';

for (const row of readCsv(0)) process.stdout.write(JSON.stringify(messageOf(row)) + '\n');
