import { CloudFailure, type CloudInventory, type CloudList, type FailureKind, type Page } from './cloud-inventory.ts';

/** A list of a region (null: of the account). */
export interface ReadList {
  readonly operation: string;
  readonly region: string | null;
}

export interface ReadCloud {
  /** The responses, page by page, in the order of regions and lists. */
  readonly pages: readonly (ReadList & { readonly document: unknown })[];
  /** Lists that could not be read. */
  readonly failed: readonly (ReadList & { readonly failure: CloudFailure })[];
  /** Lists of products that the cloud does not offer in a region where it offers others. */
  readonly notOffered: readonly ReadList[];
  /** Lists that were read to their end, each with the products whose resources are its rows. */
  readonly whole: readonly (ReadList & { readonly products: readonly string[] })[];
}

export interface Pace {
  readonly sleep: (ms: number) => Promise<void>;
  /** Evenly between 0 and 1. */
  readonly random: () => number;
  /** How many lists are read at a time. */
  readonly atOnce: number;
}

/** How often a request is made before it counts as failed. What is not here is not tried again. */
const attempts: Readonly<Partial<Record<FailureKind, number>>> = { throttled: 7, busy: 4, unreachable: 3 };
/** These network codes do not pass by waiting a second. */
const lasting = /^(?:ENOTFOUND|ECONNREFUSED|CERT_|UNABLE_TO_|.*SELF_SIGNED)/;
const mostPages = 10_000;

/**
 * Reads every list of every region to its end. A list that changes while it is read is read again.
 * @throws CloudFailure when the credentials are wrong, for then nothing else can succeed
 */
export async function readCloud(cloud: CloudInventory, regions: readonly string[], pace: Pace): Promise<ReadCloud> {
  const tasks = cloud.lists.flatMap((list) =>
    (list.scope === 'region' ? regions : [null]).map((region) => ({ list, region })),
  );
  const results: { pages: readonly unknown[]; failure: CloudFailure | null }[] = [];
  let fatal: CloudFailure | null = null;
  let started = 0;
  async function work(): Promise<void> {
    while (started < tasks.length && fatal === null) {
      const index = started++;
      const { list, region } = tasks[index] as (typeof tasks)[number];
      try {
        const pages = await readWhole({
          cloud,
          list,
          region: region ?? regions[0] ?? '',
          pace,
          over: () => fatal !== null,
        });
        results[index] = { pages, failure: null };
      } catch (error) {
        const failure = error instanceof CloudFailure ? error : new CloudFailure('malformed', String(error));
        results[index] = { pages: [], failure };
        if (failure.kind === 'credentials_rejected') fatal = failure;
      }
    }
  }
  await Promise.all(Array.from({ length: pace.atOnce }, work));
  if (fatal !== null) throw fatal;

  const at = (index: number) => ({
    operation: tasks[index]?.list.operation ?? '',
    region: tasks[index]?.region ?? null,
  });
  const offered = new Set(results.flatMap(({ failure }, index) => (failure === null ? [at(index).region] : [])));
  const indexed = results.map(({ pages, failure }, index) => ({ ...at(index), pages, failure }));
  const absent = indexed.filter(
    ({ failure, region }) => failure !== null && isNoRegion(failure) && offered.has(region),
  );
  return {
    pages: indexed.flatMap(({ operation, region, pages }) =>
      pages.map((document) => ({ operation, region, document })),
    ),
    failed: indexed.flatMap((each) =>
      each.failure === null || absent.includes(each)
        ? []
        : [{ operation: each.operation, region: each.region, failure: each.failure }],
    ),
    notOffered: absent.map(({ operation, region }) => ({ operation, region })),
    whole: indexed.flatMap(({ operation, region, failure }, index) =>
      failure === null ? [{ operation, region, products: tasks[index]?.list.products ?? [] }] : [],
    ),
  };
}

/** Where hosts are named after regions, a region that does not exist is a host that does not. */
function isNoRegion({ kind, code }: CloudFailure): boolean {
  return kind === 'region_unknown' || (kind === 'unreachable' && code === 'ENOTFOUND');
}

interface Reading {
  readonly cloud: CloudInventory;
  readonly list: CloudList;
  readonly region: string;
  readonly pace: Pace;
  /** True once another list has failed for good. */
  readonly over: () => boolean;
}

async function readWhole(reading: Reading): Promise<readonly unknown[]> {
  for (let time = 0; time < 3; time++) {
    const { documents, whole } = await readOnce(reading);
    if (whole) return documents;
  }
  throw new CloudFailure('changing', 'the number of rows read is not the number that the cloud says there are');
}

async function readOnce({ cloud, list, region, pace, over }: Reading) {
  const documents: unknown[] = [];
  const cursors = new Set<string>();
  let rows = 0;
  for (let cursor: string | null = null; ; ) {
    if (over()) throw new CloudFailure('refused', 'given up');
    const page: Page = await patiently(() => cloud.page({ list, region, cursor }), pace);
    documents.push(page.document);
    rows += page.rows;
    if (page.next === null) return { documents, whole: page.total === null || rows >= page.total };
    if (cursors.has(page.next) || documents.length >= mostPages) {
      throw new CloudFailure('malformed', `the list does not end: the page after ${page.next} was read before`);
    }
    cursors.add(page.next);
    cursor = page.next;
  }
}

/** Tries again after waits that double, each somewhere between half and all of its length, so that callers spread. */
async function patiently<T>(request: () => Promise<T>, pace: Pace): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await request();
    } catch (error) {
      if (!(error instanceof CloudFailure) || attempt >= (attempts[error.kind] ?? 1)) throw error;
      if (error.kind === 'unreachable' && lasting.test(error.code ?? '')) throw error;
      await pace.sleep(Math.min(500 * 2 ** (attempt - 1), 20_000) * (0.5 + pace.random() / 2));
    }
  }
}
