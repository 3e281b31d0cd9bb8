import {
  CloudFailure,
  parseEndpoint,
  type ReadCloud,
  type ReadList,
  readCloud,
  syncedClouds,
} from '@openbeian/cloud-sync';
import { type Cloud, type Imported, importResources, readCloudResponse } from '@openbeian/model/cloud-import';
import type { RealName } from '@openbeian/model/eligibility';
import { isFault } from '@openbeian/model/fault';
import { type BothTexts, expectedAt, ioWords } from '../io/words.ts';
import { gapWords, syncWords } from './words.ts';

/** What is read of which cloud. */
export interface CloudQuestion {
  readonly cloud: Cloud;
  readonly regions: readonly string[];
  /** As `parseEndpoint` takes it; null: the cloud's public address. */
  readonly endpoint: string | null;
  readonly account?: string | undefined;
  readonly realName?: RealName | undefined;
  /**
   * What becomes of the rest where a list cannot be read. `refused`: nothing is read. `told`: what can be read, list by list.
   * `by_region`: a region with such a list is left out altogether, for what its other lists say of a resource is not all.
   */
  readonly rest: 'refused' | 'told' | 'by_region';
}

export interface ReadInventory extends Imported {
  /** What was not read and why. */
  readonly unread: readonly BothTexts[];
  /** Of which products all resources were read, in which region; null: of the whole account. */
  readonly covered: readonly { readonly product: string; readonly region: string | null }[];
}

/** Why there is no inventory: what cannot be read, with what to do. */
export class InventoryUnread extends Error {
  override name = 'InventoryUnread';
  readonly text: BothTexts;

  constructor(text: BothTexts) {
    super(text.en);
    this.text = text;
  }
}

/**
 * Reads a cloud's own lists as an inventory.
 * @throws InventoryUnread that names each list that failed, why, and what to do
 */
export async function readInventory(question: CloudQuestion): Promise<ReadInventory> {
  const { cloud, regions } = question;
  const read = await telling(cloud, async () => {
    const endpoint = question.endpoint === null ? null : parseEndpoint(question.endpoint);
    if (question.endpoint !== null && endpoint === null) throw new InventoryUnread(syncWords.endpoint);
    const opened = await syncedClouds[cloud].open(endpoint);
    return await readCloud(opened, regions, { sleep, random: Math.random, atOnce: 4 });
  });
  const { said, failed, whole } = understood(question, read);
  if (failed.length > 0 && (question.rest === 'refused' || said.length === 0)) {
    const hint = question.rest === 'refused' && said.length > 0 ? [syncWords.partial] : [];
    throw new InventoryUnread(inLines([syncWords.failed, ...failed, ...hint]));
  }
  const imported = refusing(
    (path) => `${cloud}: ${path}`,
    () => importResources(said, question.account, question.realName),
  );
  const listed = notListed[cloud];
  const unread = [
    ...failed,
    ...read.notOffered.map((list) => after(nameOf(list), syncWords.notOffered)),
    ...(listed === '' ? [] : [after(listed, syncWords.notListed)]),
    ...(cloud === 'huawei' ? [syncWords.subprojects] : []),
  ];
  const covered = whole.flatMap(({ products, region }) => products.map((product) => ({ product, region })));
  return { ...imported, unread, covered };
}

/** What the cloud's answers lack, and what they say of resources that may surprise. */
export const remarksOn = ({ missing, isolated }: Imported): readonly BothTexts[] => [
  ...missing.map(gapWords.missingRows),
  ...isolated.map(gapWords.isolated),
];

type Said = ReturnType<typeof readCloudResponse>;

/** What the answers mean, without those that cannot be understood; with what nothing may be made of. */
function understood({ cloud, regions, rest }: CloudQuestion, read: ReadCloud) {
  const failed = read.failed.map(({ failure, ...list }) => after(nameOf(list), wordingOf(cloud, failure)));
  const bad = new Set(read.failed.map(nameOf));
  const badRegions = new Set(read.failed.map(({ region }) => region));
  const pages = read.pages.flatMap((page): { readonly list: ReadList; readonly said: Said }[] => {
    try {
      const said = refusing(
        (path) => `${nameOf(page)}: ${path}`,
        () => readCloudResponse(cloud, page.document),
      );
      return [{ list: page, said }];
    } catch (error) {
      if (!(error instanceof InventoryUnread)) throw error;
      failed.push(error.text);
      bad.add(nameOf(page));
      badRegions.add(page.region);
      return [];
    }
  });
  const isLeftOut = (list: ReadList) =>
    rest === 'by_region' && (bad.has(nameOf(list)) || (list.region !== null && badRegions.has(list.region)));
  const nothing =
    pages.every(({ list }) => bad.has(nameOf(list))) ||
    (rest === 'by_region' && regions.every((region) => badRegions.has(region)));
  return {
    said: nothing ? [] : pages.flatMap(({ list, said }) => (isLeftOut(list) ? [] : [said])),
    failed,
    whole: read.whole.filter((list) => !bad.has(nameOf(list)) && !isLeftOut(list)),
  };
}

/** Products with a policy that are in none of the cloud's lists, or in a list that is not read here. */
const notListed: Readonly<Record<Cloud, string>> = {
  tencent: 'scf, cloudbase_run, clb, site_hosting, bare_metal',
  alibaba:
    'elastic_web_hosting, virtual_host, shared_host, marketplace_site, iot_package, wangpu, nat_gateway, nat64, ens',
  huawei: 'portal, nat_gateway, dedicated_cloud, offline_contract',
  volcengine: '',
};

const nameOf = ({ operation, region }: ReadList): string => (region === null ? operation : `${operation} (${region})`);

const after = (name: string, { zh, en }: BothTexts): BothTexts => ({ zh: `${name}: ${zh}`, en: `${name}: ${en}` });

const inLines = (texts: readonly BothTexts[]): BothTexts => ({
  zh: texts.map(({ zh }) => zh).join('\n'),
  en: texts.map(({ en }) => en).join('\n'),
});

/** Turns the fault `input.invalid` of `work` into what people read, a line per place. */
function refusing<T>(placeOf: (path: string) => string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!isFault(error, 'input.invalid') || error.extras.places === undefined) throw error;
    const { places, morePlaces = 0 } = error.extras;
    const lines = places.map((place) => after(placeOf(place.path), expectedAt(place)));
    throw new InventoryUnread(inLines([...lines, ...(morePlaces > 0 ? [ioWords.morePlaces(morePlaces)] : [])]));
  }
}

async function telling<T>(cloud: Cloud, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof CloudFailure)) throw error;
    throw new InventoryUnread(after(cloud, wordingOf(cloud, error)));
  }
}

function wordingOf(cloud: Cloud, { kind, code, message }: CloudFailure): BothTexts {
  const told = [code, message].filter((part) => part !== null && part !== '').join(': ');
  const behind = told === '' || kind === 'sdk_missing' ? '' : ` [${told}]`;
  const inLanguage = (lang: 'zh' | 'en') => {
    const variables = syncedClouds[cloud].variables.join(syncWords.comma[lang]);
    return `${syncWords.kinds[kind](kind === 'sdk_missing' ? message : variables)[lang]}${behind}`;
  };
  return { zh: inLanguage('zh'), en: inLanguage('en') };
}

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
