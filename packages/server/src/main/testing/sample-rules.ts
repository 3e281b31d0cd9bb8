import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type PolicyFile, parsePolicyFile } from '@openbeian/model/eligibility';
import { parse } from 'yaml';

const sampleFile = join(import.meta.dirname, '../../../../../policies/sample/xingyun.yaml');

/** Flags of a product's rules that a test turns. */
export interface Rules {
  readonly codes?: object;
  readonly file?: object;
  readonly quotas?: readonly object[];
}

/** The sample provider's server with other flags, for `useRules`. */
export function sampleRules({ codes = {}, file, quotas }: Rules): PolicyFile[] {
  const document = parse(readFileSync(sampleFile, 'utf8'));
  const [version] = document.products[0].versions;
  Object.assign(version.codes, codes);
  if (file !== undefined) version.file = file;
  if (quotas !== undefined) version.quotas = quotas;
  document.products = document.products.slice(0, 1);
  return [parsePolicyFile(document)];
}
