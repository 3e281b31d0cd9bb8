import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { canonicalJson } from '@openbeian/model/canonical-json';

const lineFeed = 0x0a;
/** The last line is short: what is longer is none of ours. */
const longestEnd = 4096;

/**
 * Whether the file that an earlier run left is that day, complete, and as it was signed: one that was cut, altered or signed by another
 * key is written again, and does not count as an export after which a day may be cleared away.
 */
export async function isLeftWhole(
  path: string,
  day: string,
  verify: (text: string, signature: string) => boolean,
): Promise<boolean> {
  if (!existsSync(path)) return false;
  const hash = createHash('sha256');
  let held = Buffer.alloc(0);
  // Everything but the last line goes into the hash; the tail is held back until the next piece shows whether it was the last.
  for await (const piece of createReadStream(path) as AsyncIterable<Buffer>) {
    held = Buffer.concat([held, piece]);
    const lastLine = held.lastIndexOf(lineFeed, held.length - 2) + 1;
    hash.update(held.subarray(0, lastLine));
    held = held.subarray(lastLine);
  }
  if (held.length > longestEnd || held.at(-1) !== lineFeed) return false;
  const { signature, ...signed } = membersOf(held.toString('utf8'));
  return (
    signed['kind'] === 'end' &&
    signed['day'] === day &&
    signed['complete'] === true &&
    signed['sha256'] === hash.digest('hex') &&
    typeof signature === 'string' &&
    verify(canonicalJson(signed), signature)
  );
}

/** The members of an object; none of what is no object. */
function membersOf(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
