import { readFileSync } from 'node:fs';
import { join } from 'node:path';

// Written so that the patterns do not match themselves.
const traces: readonly { readonly pattern: RegExp; readonly what: string }[] = [
  { pattern: /(?<![\w.-])\/(wor[k]|roo[t]|far[m])\//, what: 'a path of somebody’s machine' },
  { pattern: /registry[.](npmj[s]|yarnpk[g]|npmmirro[r])|npmmirro[r][.]com/, what: 'the host of a package registry' },
  { pattern: /"resolve[d]": "https?:/, what: 'a download address in the lock file (.npmrc leaves them out)' },
];

/** What ties the tree to one machine or one registry: it would be wrong, or a leak, everywhere else. */
export function findMachineTraces(root: string, files: readonly string[]): string[] {
  return files.flatMap((file) => {
    const content = readFileSync(join(root, file));
    if (content.includes(0)) return []; // an image or the like
    const text = content.toString('utf8');
    return traces.flatMap(({ pattern, what }) => {
      const offset = text.search(pattern);
      return offset < 0 ? [] : [`${file}:${text.slice(0, offset).split('\n').length}: ${what}`];
    });
  });
}
