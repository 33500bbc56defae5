export { encodeParquet } from './parquet/encode.js';
export { decodeParquet } from './parquet/decode.js';
export type { Row } from './parquet/gather.js';
