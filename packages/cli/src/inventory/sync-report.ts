import type { Endpoint } from '@openbeian/cloud-sync';
import { CloudFailure, type ReadList, readCloud, syncedClouds } from '@openbeian/cloud-sync';
import { type Cloud, type Imported, importResources, readCloudResponse } from '@openbeian/model/cloud-import';
import type { RealName } from '@openbeian/model/eligibility';
import { InputError } from '../io/input.ts';
import { type Lang, refusingFaults } from '../io/read-document.ts';
import { syncWords } from './words.ts';

export interface SyncQuestion {
  readonly cloud: Cloud;
  readonly regions: readonly string[];
  readonly endpoint: Endpoint | null;
  readonly account?: string | undefined;
  readonly realName?: RealName | undefined;
  /** Leave out what cannot be read, and say so, instead of refusing. */
  readonly partial: boolean;
  readonly lang: Lang;
}

export interface Synced extends Imported {
  /** What was not read and why, a line each. */
  readonly unread: readonly string[];
}

/**
 * Reads a cloud's own lists into an inventory: all of it, or nothing.
 * @throws InputError that names each list that failed, why, and what to do.
 */
export async function syncCloud(question: SyncQuestion): Promise<Synced> {
  const { cloud, regions, lang } = question;
  const read = await telling(question, async () => {
    const opened = await syncedClouds[cloud].open(question.endpoint);
    return await readCloud(opened, regions, { sleep, random: Math.random, atOnce: 4 });
  });
  const failed = read.failed.map(({ failure, ...list }) => `${nameOf(list)}: ${wordingOf(failure, question)}`);
  const bad = new Set<string>();
  const said = read.pages.flatMap((page) => {
    try {
      return [
        refusingFaults(
          lang,
          (path) => `${nameOf(page)}: ${path}`,
          () => readCloudResponse(cloud, page.document),
        ),
      ];
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      failed.push(error.message);
      bad.add(nameOf(page));
      return [];
    }
  });
  const nothing = read.pages.length === 0 || read.pages.every((page) => bad.has(nameOf(page)));
  if (failed.length > 0 && (!question.partial || nothing)) {
    const hint = question.partial || nothing ? '' : `\n${syncWords.partial[lang]}`;
    throw new InputError(`${syncWords.failed[lang]}\n${failed.join('\n')}${hint}`);
  }
  const imported = refusingFaults(
    lang,
    (path) => `${cloud}: ${path}`,
    () => importResources(said, question.account, question.realName),
  );
  const unread = [
    ...failed,
    ...read.notOffered.map((list) => `${nameOf(list)}: ${syncWords.notOffered[lang]}`),
    ...(notListed[cloud] === '' ? [] : [`${notListed[cloud]}: ${syncWords.notListed[lang]}`]),
    ...(cloud === 'huawei' ? [syncWords.subprojects[lang]] : []),
  ];
  return { ...imported, unread };
}

/** Prints what was not read, so that the inventory is not taken for complete. */
export function printUnread({ unread }: Synced, lang: Lang, out: NodeJS.WritableStream): void {
  for (const line of unread) out.write(`${syncWords.unread[lang]} ${line}\n`);
}

/** Products with a policy that are in none of the cloud's lists, or in a list that is not read here. */
const notListed: Readonly<Record<Cloud, string>> = {
  tencent: 'scf, cloudbase_run, clb, site_hosting, bare_metal',
  alibaba:
    'elastic_web_hosting, virtual_host, shared_host, marketplace_site, iot_package, wangpu, nat_gateway, nat64, ens',
  huawei: 'portal, nat_gateway, dedicated_cloud, offline_contract',
  volcengine: '',
};

function nameOf({ operation, region }: ReadList): string {
  return region === null ? operation : `${operation} (${region})`;
}

async function telling<T>(question: SyncQuestion, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof CloudFailure)) throw error;
    throw new InputError(`${question.cloud}: ${wordingOf(error, question)}`);
  }
}

function wordingOf({ kind, code, message }: CloudFailure, { cloud, lang }: SyncQuestion): string {
  const variables = syncedClouds[cloud].variables.join(syncWords.comma[lang]);
  const told = [code, message].filter((part) => part !== null && part !== '').join(': ');
  return `${syncWords.kinds[kind](kind === 'sdk_missing' ? message : variables)[lang]}${told === '' || kind === 'sdk_missing' ? '' : ` [${told}]`}`;
}

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
