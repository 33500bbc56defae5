/**
 * Writes the pipeline and the request of a submission with the built program, in a Node of its own: inside jest the SDK's
 * byte arrays are of another realm, equal coders are not found equal, and the pipeline is not the one that users send.
 *
 * usage: node write-request.mjs OPTIONS.json PIPELINE.pb REQUEST.json
 */
import { readFileSync, writeFileSync } from 'node:fs';

const dist = (module) => import(new URL(`../../../../dist/pipeline/engines/dataflow/${module}.js`, import.meta.url));
const { dataflowStream, streamingPipeline } = await dist('streaming-pipeline');
const { jobRequest } = await dist('job-request');

const [, , optionsFile, pipelineFile, requestFile] = process.argv;
const { options, graph, subscription } = JSON.parse(readFileSync(optionsFile, 'utf8'));
const stream = dataflowStream('gs://demo-vitals-lake/lake', options.jobName, graph);
const pipeline = await streamingPipeline({ subscription }, stream, options.workerImage);
writeFileSync(pipelineFile, pipeline.bytes);
writeFileSync(requestFile, JSON.stringify(jobRequest(options, pipeline, 'ours', null), null, 2));
