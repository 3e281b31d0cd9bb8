import { auditDifferenceTexts as texts } from '@openbeian/model/audit';
import { type AuditDifference, verifyAudit } from '@openbeian/server/main';
import type { Lang } from '../../io/words.ts';
import { withDeployment } from '../administration.ts';
import { auditWords as words } from './words.ts';

export interface VerifyOptions {
  readonly from?: string;
  readonly to?: string;
  readonly known?: KnownSeal;
  readonly config?: string;
  readonly json?: true;
  readonly lang: Lang;
}

/** The last seal of an earlier verification. */
export interface KnownSeal {
  readonly sequence: number;
  readonly digest: string;
}

/** What differs is no failure of the command, which ends with 1. */
const exitAltered = 3;

/** `openbeian audit verify`. */
export async function verify({ from, to, known, config, json, lang }: VerifyOptions): Promise<void> {
  await withDeployment(config ?? null, async ({ deps }) => {
    const found = await verifyAudit(deps, { from: from ?? null, to: to ?? null, known: known ?? null });
    if (found.difference !== null) process.exitCode = exitAltered;
    if (json) return print(JSON.stringify(found));
    const { difference, seals, rows, cleared, last, unsealed } = found;
    if (difference === null) print(words.whole(rows, seals)[lang]);
    else for (const line of tell(difference, lang)) print(line);
    const [first, newest] = [cleared[0], cleared.at(-1)];
    if (first && newest) print(words.cleared(first.day, newest.day, cleared)[lang]);
    if (last !== null) print(words.last(last.sequence, last.digest)[lang]);
    print(words.unsealed(unsealed.rows)[lang]);
    if (unsealed.late && unsealed.oldestAt !== null) print(words.late(unsealed.oldestAt)[lang]);
  });
}

function tell(difference: AuditDifference, lang: Lang): string[] {
  const head = words.differs(difference.day, difference.seal)[lang];
  switch (difference.what) {
    case 'changed':
    case 'added':
    case 'words_changed':
      return [head, `  ${texts[difference.what](nameOf(difference.row, lang))[lang]}`];
    case 'missing':
      return [head, `  ${texts.missing(nameOf(difference.after, lang), nameOf(difference.before, lang))[lang]}`];
    default:
      return [head, `  ${texts[difference.what][lang]}`];
  }
}

const nameOf = (row: { readonly id: string; readonly at: string } | null, lang: Lang): string =>
  row === null ? words.sealEdge[lang] : `${row.id} (${row.at})`;

const print = (line: string): void => void process.stdout.write(`${line}\n`);
