import type { Client } from '@openbeian/contract/client';
import { asking } from '../io/server-connection.ts';
import { shanghaiTime } from '../io/shanghai-time.ts';
import type { Lang } from '../io/words.ts';
import { syncWords } from './sync-words.ts';
import type { WorkOptions } from './work-client.ts';

type Sync = Awaited<ReturnType<Client['listInventorySyncs']>>['syncs'][number];
type Held = Awaited<ReturnType<Client['getHeldSync']>>;

export interface SyncOptions extends WorkOptions {
  readonly held?: true;
  readonly confirm?: string;
}

/** `openbeian work syncs`: each configured sync with its last result, and when it runs next. */
export async function listSyncs(options: WorkOptions): Promise<void> {
  const answer = await asking(options, (client) => client.listInventorySyncs());
  if (options.json) return print(JSON.stringify(answer));
  if (answer.syncs.length === 0) print(syncWords.none[options.lang]);
  for (const sync of answer.syncs) for (const line of linesOf(sync, options.lang)) print(line);
}

/** `openbeian work sync`: runs one now, shows what it waits for, or confirms just that. */
export async function runSync(name: string, options: SyncOptions): Promise<void> {
  const params = { name };
  const { lang, json, confirm } = options;
  if (options.held) {
    const held = await asking(options, (client) => client.getHeldSync({ params }));
    if (json) return print(JSON.stringify(held));
    for (const line of heldLines(name, held, lang)) print(line);
    return;
  }
  const answer = await asking(options, (client) =>
    confirm === undefined
      ? client.runInventorySync({ params })
      : client.confirmInventorySync({ params, body: { digest: confirm } }),
  );
  if (json) return print(JSON.stringify(answer));
  print(syncWords[confirm === undefined ? 'asked' : 'confirmed'][lang]);
}

function* linesOf(
  { name, cloud, regions, state, dueAt, counts, trouble, unread }: Sync,
  lang: Lang,
): Generator<string> {
  const next = dueAt === null ? syncWords.nextNow : syncWords.next(shanghaiTime(dueAt));
  yield `${name}  ${cloud}  ${regions.join(',')}  ${syncWords.states[state][lang]}  ${next[lang]}`;
  if (counts !== null) yield `  ${syncWords.counts(counts)[lang]}`;
  if (trouble !== null) yield `  ${trouble[lang].replaceAll('\n', '\n  ')}`;
  for (const text of unread) yield `  ${syncWords.unread(text[lang])[lang]}`;
}

function* heldLines(name: string, { digest, difference }: Held, lang: Lang): Generator<string> {
  const { breaking, gone, leftOut } = difference;
  for (const { id, codes, filings, services } of breaking) {
    const used = [
      ...codes.map(({ tail }) => `…${tail}`),
      ...filings.map(({ domainName }) => domainName),
      ...services.map(({ number }) => number),
    ];
    yield syncWords.breaks(id, used.join(', '))[lang];
  }
  for (const { id } of gone) yield syncWords.gone(id)[lang];
  if (leftOut > 0) yield syncWords.leftOut(leftOut)[lang];
  yield syncWords.toConfirm(name, digest)[lang];
}

const print = (line: string): void => void process.stdout.write(`${line}\n`);
