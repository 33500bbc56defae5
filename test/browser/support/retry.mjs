import { jest } from '@jest/globals';

/**
 * A browser, a simulator and a pipeline share two cores here, and live pages change under the test: a test that fails is
 * told in full and tried once more. What is wrong fails twice.
 */
jest.retryTimes(1, { logErrorsBeforeRetry: true });
