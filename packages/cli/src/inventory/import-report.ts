import { type Cloud, type Imported, importResources, readCloudResponse } from '@openbeian/model/cloud-import';
import type { RealName } from '@openbeian/model/eligibility';
import { InputError } from '../io/input.ts';
import { type Lang, readDocument, refusingFaults } from '../io/read-document.ts';
import { gapWords } from './words.ts';

/**
 * Reads the responses in the files as one inventory.
 * @throws InputError naming file, line and place for a response of another shape, or two that disagree.
 */
export function importFiles(
  cloud: Cloud,
  files: readonly string[],
  lang: Lang,
  { account, realName }: { readonly account?: string | undefined; readonly realName?: RealName | undefined } = {},
): Imported {
  const said = files.map((file) => readDocument(file, lang, (document) => readCloudResponse(cloud, document)));
  return refusingFaults(
    lang,
    (path) => `${files.join(', ')}: ${path}`,
    () => importResources(said, account, realName),
  );
}

/** @throws InputError naming the lists of which not all was given, unless that was allowed */
export function refuseMissing(
  { missing }: Imported,
  { partial, lang }: { readonly partial?: true; readonly lang: Lang },
): void {
  if (missing.length === 0 || partial) return;
  const lines = missing.map((list) => gapWords.missingRows(list)[lang]);
  throw new InputError([...lines, gapWords.missingHint[lang]].join('\n'));
}

/** Prints the inventory, and on standard error what it lacks. */
export function printImported(imported: Imported, { json, lang }: { readonly json?: true; readonly lang: Lang }): void {
  if (json) process.stdout.write(`${JSON.stringify(imported.inventory, null, 2)}\n`);
  else printInventory(imported, process.stdout);
  printGaps(imported, lang, process.stderr);
}

/** Prints the inventory as YAML, a resource a line (JSON is YAML's flow style). */
function printInventory({ inventory }: Imported, out: NodeJS.WritableStream): void {
  for (const [key, rows] of Object.entries(inventory)) {
    if (rows.length === 0) out.write(`${key}: []\n`);
    else out.write(`${key}:\n${rows.map((row: object) => `  - ${JSON.stringify(row)}\n`).join('')}`);
  }
}

/** Lists what the responses lack, so that the inventory is not taken for complete. */
function printGaps(
  { inventory, gaps, missing, isolated, strayAddresses }: Imported,
  lang: Lang,
  out: NodeJS.WritableStream,
): void {
  if (inventory.resources.length > 0) out.write(`${gapWords.read(countsByProduct(inventory.resources))[lang]}\n`);
  for (const list of missing) out.write(`${gapWords.missingRows(list)[lang]}\n`);
  for (const each of isolated) out.write(`${gapWords.isolated(each)[lang]}\n`);
  for (const { key, resources } of gaps) {
    const named = resources.slice(0, 5).join(', ');
    const more = resources.length > 5 ? gapWords.more(resources.length - 5)[lang] : '';
    out.write(`${key}: ${gapWords.missing(key)[lang]}  [${named}${more}]\n`);
  }
  if (inventory.resources.some((it) => it.boughtAt !== undefined)) out.write(`boughtAt: ${gapWords.boughtAt[lang]}\n`);
  if (strayAddresses.length > 0) out.write(`${gapWords.stray[lang]}: ${strayAddresses.join(', ')}\n`);
}

/** As which products the resources were read: `alibaba/ecs 3, alibaba/ens 1`. */
function countsByProduct(resources: Imported['inventory']['resources']): string {
  const counts = new Map<string, number>();
  for (const { provider, product } of resources) {
    const name = `${provider}/${product}`;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts].map(([name, count]) => `${name} ${count}`).join(', ');
}
