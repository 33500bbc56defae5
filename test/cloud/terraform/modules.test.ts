import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { describeWithTools, installTool } from './tools.js';
import { foldersOf, openWorkspace, type Workspace } from './workspace.js';

describeWithTools(
  [installTool('terraform'), installTool('provider')],
  'terraform/',
  ([terraform = '', provider = '']) => {
    let workspace: Workspace;
    beforeAll(() => {
      workspace = openWorkspace(terraform, provider);
    });
    afterAll(() => workspace?.remove());

    test('everything is formatted', () => {
      const { status, text } = workspace.terraform('terraform', 'fmt', '-check', '-recursive', '-diff', '.');
      expect({ status, text }).toEqual({ status: 0, text: '' });
    });

    test.each([...foldersOf('modules'), ...foldersOf('envs')])(
      '%s is valid by the schema of the provider',
      (folder) => {
        expect(workspace.terraform(folder, 'get').status).toBe(0);
        const { stdout } = workspace.terraform(folder, 'validate', '-json');
        const { valid, diagnostics } = JSON.parse(stdout) as Validation;
        const problems = diagnostics.filter(({ summary }) => !/development overrides/.test(summary));
        expect({ valid, problems }).toEqual({ valid: true, problems: [] });
      },
    );

    test.each(foldersOf('modules'))('the tests of %s pass', (folder) => {
      workspace.terraform(folder, 'get');
      const { status, text } = workspace.terraform(folder, 'test', '-no-color');
      expect({ status, text: status === 0 ? '' : text }).toEqual({ status: 0, text: '' });
      expect(text).toMatch(/Success! ([2-9]|\d\d) passed, 0 failed/);
    });
  },
);

interface Validation {
  readonly valid: boolean;
  readonly diagnostics: readonly { readonly summary: string }[];
}
