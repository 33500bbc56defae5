import { describe, expect, test } from '@jest/globals';
import { parseGcsUrl } from '../../../lake/storage/gcs-url.js';
import { openStorage } from '../../../lake/storage/open.js';
import { ConfigurationError } from '../../../schema/errors.js';

describe('the URL of a lake', () => {
  test.each([
    ['gs://bucket', 'bucket', '', 'gs://bucket'],
    ['gs://bucket/', 'bucket', '', 'gs://bucket'],
    ['gs://bucket/lake', 'bucket', 'lake/', 'gs://bucket/lake'],
    ['GS://bucket.example.org/a/b_c//', 'bucket.example.org', 'a/b_c/', 'gs://bucket.example.org/a/b_c'],
  ])('%s is the bucket %s and the prefix %j', (text, bucket, prefix, url) => {
    expect(parseGcsUrl(text)).toEqual({ bucket, prefix, url });
  });

  test.each([
    'gs://',
    'gs:///lake',
    'gs://Bucket/lake',
    'gs://ab/lake',
    'gs://bucket//lake',
    'gs://bucket/a/../b',
    'gs://bucket/a b',
    'gs://bucket/*',
    'gs://bucket/lake#1',
    's3://bucket/lake',
    'file:///lake',
  ])('%s is refused with the flag, the value and what would be right', (text) => {
    expect(() => openStorage(text)).toThrow(ConfigurationError);
    expect(() => openStorage(text)).toThrow(
      new RegExp(`^--lake: ${text.replaceAll(/[.*]/g, '\\$&')} .*\\. (Write|Name|Use) `),
    );
  });

  test('the storage of a bucket opens without asking anybody', () => {
    expect(openStorage('gs://bucket/lake')).toMatchObject({ root: 'gs://bucket/lake', local: null });
  });
});
