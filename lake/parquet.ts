export { encodeParquet } from './parquet/encode.js';
export { decodeParquet } from './parquet/decode.js';
export { countRows } from './parquet/count-rows.js';
export type { Row } from './parquet/gather.js';
