import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { nameOf } from './sources.ts';
import type { Violation } from './violation.ts';

/**
 * English that was translated word by word, and the plain words for it. Names, comments, texts and documents alike: a reader should
 * not have to guess, and a search engine should find the word.
 */
const oddWords: readonly { readonly odd: RegExp; readonly say: string }[] = [
  { odd: /\bmend(s|ed|ing)?\b/i, say: 'fix, “how to fix it”' },
  { odd: /\b(struck|strik(es|ing))\b/i, say: 'cancelled, revoked' },
  {
    odd: /(?<!\bwithout )\b(stands|stood)\b(?! (for|in for|out|still)\b)/i,
    say: 'is, is in force, is attached to, exists',
  },
  { odd: /\btellers?\b/i, say: 'findingBuilders, or what it makes' },
  { odd: /\bscold(s|ed|ing)?\b/i, say: 'show an error' },
  { odd: /\bhurr(y|ies|ied)\b/i, say: 'retry now' },
  { odd: /\bbur(y|ies|ied)\b/i, say: 'expire, give up' },
  { odd: /\bleft lying\b/i, say: 'abandoned, inactive' },
  { odd: /\bthat (is|are) none\b/i, say: 'invalid' },
  { odd: /\b(sifted|burnt)\b/i, say: 'filtered; consumed' },
  { odd: /\banew\b/i, say: 'again' },
  { odd: /\bgood for nothing\b/i, say: 'invalid, no longer works' },
  { odd: /\b(lays?|laid) (it )?down\b/i, say: 'create, write' },
  { odd: /\bhangs? on\b/i, say: 'depends on, is attached to, is offered on' },
];

/** Titles of others' works, and migrations whose texts databases hold the checksums of. */
const quoted =
  /^(docs\/(sources|divergences)\.md|LICENSE|.*\/migrations\/.*\.sql|scripts\/checks\/find-odd-words\.ts|scripts\/rules\.test\.ts)$/;

/** Each line of a file of ours with a word that a colleague would not say. */
export function findOddWords(root: string, files: readonly string[]): Violation[] {
  return files
    .filter((path) => /\.(m?[jt]s|[jt]sx|md|ya?ml|css|lua|sql|html)$/.test(path) && !quoted.test(path))
    .flatMap((path) => {
      const lines = readFileSync(join(root, path), 'utf8').split('\n');
      return lines.flatMap((line, index) => {
        const found = oddWords.flatMap(({ odd, say }) => {
          const word = odd.exec(line)?.[0];
          return word === undefined ? [] : [{ word, say }];
        });
        return found.map(({ word, say }) => ({
          what: `${nameOf(path)} says ${word.toLowerCase()}`,
          message: `${path}:${index + 1}: “${word}”: say it plainly (${say})`,
        }));
      });
    });
}
