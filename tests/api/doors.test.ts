import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type OperationId, operations } from '@openbeian/contract';
import { expect, test } from 'vitest';

/** Operations that no page and no command of ours calls, and who does. */
const apiOnly: Partial<Record<OperationId, string>> = {
  checkPartnerResources: 'partners’ programs',
  issuePartnerCodes: 'partners’ programs',
  grantPartnerCodes: 'partners’ programs',
  queryPartnerCodes: 'partners’ programs',
  queryPartnerResource: 'partners’ programs',
  createSignInTicket: 'the provider’s own portal',
  getGateSnapshot: 'gates, which read it by its path',
  getGateChanges: 'gates, which read it by its path',
  getGateFile: 'gates, which read it by its path',
  reportBlockedNames: 'gates, which send it by its path',
};

const root = join(import.meta.dirname, '../..');

function sourcesIn(folder: string): string {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !/\.test\./.test(file))
    .map((file) => readFileSync(join(root, folder, file), 'utf8'))
    .join('\n');
}

test('every operation has a door in the console or the command line, or is listed as called by programs only', () => {
  const sources = sourcesIn('packages/console/src') + sourcesIn('packages/cli/src');
  const isCalled = (id: string) =>
    new RegExp(`(?:useAnswer|useCommand|useQuestion|call)\\(\\s*'${id}'|client\\.${id}\\(`).test(sources);
  const ids = Object.keys(operations) as OperationId[];
  const without = 'give each a page, a command, or a line in `apiOnly` that says which programs call it';
  expect(
    ids.filter((id) => !isCalled(id) && apiOnly[id] === undefined),
    without,
  ).toEqual([]);
  expect(Object.keys(apiOnly).filter(isCalled), 'has a page or a command: take it off `apiOnly`').toEqual([]);
});
