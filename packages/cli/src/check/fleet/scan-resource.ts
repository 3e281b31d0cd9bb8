import { isPeriod } from '@openbeian/model/calendar';
import {
  addressSchema,
  billings,
  dayIn,
  filingServiceStates,
  latestDays,
  publicIpKinds,
  type Resource,
  resourceStates,
} from '@openbeian/model/eligibility';
import { ByteTexts } from './byte-texts.ts';
import { KeyTable } from './key-table.ts';
import { LineCursor } from './line-cursor.ts';
import { LineResource } from './line-resource.ts';

/*
 * A line of NDJSON to a resource in one walk over its bytes, for fleets: `JSON.parse` and the inventory's schema take many
 * times as long. It reads what nearly every line is (the inventory's keys in ASCII, each once, without escapes) and knows
 * no error: for anything else it says so, and the caller asks the schema, which accepts the line or says what is wrong.
 * A property test holds both to the same answer. A key that has no reader here leaves its lines to the schema as well.
 */

const openBrace = 0x7b;
const closeBrace = 0x7d;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const lineFeed = 0x0a;

const oneOf =
  <T extends string>(list: readonly T[]) =>
  (text: string): T | null =>
    list.find((it) => it === text) ?? null;
const idOf = (text: string): string | null => (text.length > 0 && text.length <= 200 ? text : null);

const texts = {
  /** Providers, products, regions: few in any fleet. */
  name: new ByteTexts(idOf, 1024),
  account: new ByteTexts(idOf, 32_768),
  billing: new ByteTexts(oneOf(billings), 16),
  boughtAt: new ByteTexts((text) => dayIn(text, latestDays.boughtAt), 1024),
  expiresAt: new ByteTexts((text) => dayIn(text, latestDays.expiresAt), 1024),
  period: new ByteTexts((text) => (isPeriod(text) ? text : null), 256),
  state: new ByteTexts(oneOf(resourceStates), 16),
  filingService: new ByteTexts(oneOf(filingServiceStates), 16),
  kind: new ByteTexts(oneOf(publicIpKinds), 16),
  address: new ByteTexts((text) => (addressSchema.safeParse(text).success ? text : null), 1024),
};

/** Days of the years that occur, each made once; any other is read as a text. */
const firstYear = 1970;
const years = 150;
const dayTexts: (string | undefined)[] = Array.from({ length: years * 12 * 31 });

const cursor = new LineCursor();
const line = new LineResource();

/** How each key of a resource is read; the walk ends where the value is none. */
const readers: { readonly [K in keyof Resource]?: () => void } = {
  id: () => {
    line.idFrom = cursor.passText();
    line.idTo = cursor.at - 1;
  },
  provider: () => {
    line.provider = cursor.text(texts.name) ?? '';
  },
  product: () => {
    line.product = cursor.text(texts.name) ?? '';
  },
  account: () => {
    line.account = cursor.text(texts.account);
  },
  region: () => {
    line.region = cursor.text(texts.name);
  },
  billing: () => {
    line.billing = cursor.text(texts.billing);
  },
  boughtAt: () => {
    line.boughtAt = readDay(texts.boughtAt);
  },
  expiresAt: () => {
    line.expiresAt = readDay(texts.expiresAt);
  },
  firstTerm: () => {
    line.firstTerm = cursor.text(texts.period);
  },
  orderAmountCny: () => {
    line.orderAmountCny = cursor.hundredths();
    if (line.orderAmountCny > 1e12) cursor.at = -1;
  },
  package: readPackage,
  environment: readEnvironment,
  boundTo: () => {
    line.boundFrom = cursor.passText();
    line.boundEnd = cursor.at - 1;
  },
  state: () => {
    line.state = cursor.text(texts.state) ?? 'running';
  },
  trial: () => {
    line.trial = cursor.truth();
  },
  publicIps: readPublicIps,
  bandwidthMbps: () => {
    line.bandwidthMbps = cursor.hundredths();
  },
  used: readUsed,
};

const readerOfKey = Object.values(readers);
const keys = {
  resource: new KeyTable(Object.keys(readers)),
  package: new KeyTable(['invocations', 'gbSeconds']),
  environment: new KeyTable(['id', 'filingService']),
  publicIp: new KeyTable(['address', 'kind']),
  used: new KeyTable(['codes', 'sites']),
};

/** The resource that `scanResource` read last. It is changed by the next reading. */
export const scannedResource: LineResource = line;

/**
 * Reads the line that begins at `from` into `scannedResource`, exactly as the inventory's schema would read it.
 * @returns where the line feed is that ends it; -1 where this reader leaves the line to the schema. `bytes` must end with
 * a line feed.
 */
export function scanResource(bytes: Buffer, from: number): number {
  cursor.bytes = bytes;
  cursor.at = from;
  line.clear(bytes);
  let seen = 0;
  for (let more = cursor.opens(openBrace, closeBrace); more; more = cursor.goesOn(closeBrace)) {
    const key = cursor.key(keys.resource);
    const bit = 1 << key;
    if (key < 0 || (seen & bit) !== 0) return -1;
    seen |= bit;
    readerOfKey[key]?.();
    if (cursor.at < 0) return -1;
  }
  const { boughtAt, expiresAt, idFrom, provider, product } = line;
  if (cursor.at < 0 || idFrom === 0 || provider === '' || product === '') return -1;
  if (boughtAt !== undefined && expiresAt !== undefined && expiresAt < boughtAt) return -1;
  cursor.skipBlanks();
  const { at } = cursor;
  if (bytes[at] === lineFeed) return at;
  return bytes[at] === 0x0d && bytes[at + 1] === lineFeed ? at + 1 : -1;
}

function readDay(others: ByteTexts<string>): string | undefined {
  const number = cursor.dayNumber();
  const year = Math.floor(number / 10_000) - firstYear;
  const month = Math.floor(number / 100) % 100;
  const date = number % 100;
  if (year < 0 || year >= years || month < 1 || month > 12 || date < 1 || date > 31) return cursor.text(others);
  const slot = (year * 12 + month - 1) * 31 + date - 1;
  const known = dayTexts[slot];
  if (known !== undefined) {
    cursor.at += 12;
    return known;
  }
  return (dayTexts[slot] = cursor.text(others));
}

function readPackage(): void {
  const bought = line.ownPackage;
  let seen = 0;
  let invocations: number | undefined;
  let gbSeconds: number | undefined;
  for (let more = cursor.opens(openBrace, closeBrace); more; more = cursor.goesOn(closeBrace)) {
    const key = cursor.key(keys.package);
    if (key < 0 || (seen & (1 << key)) !== 0) {
      cursor.at = -1;
      return;
    }
    seen |= 1 << key;
    if (key === 0) invocations = cursor.whole();
    else gbSeconds = cursor.whole();
  }
  bought.invocations = invocations;
  bought.gbSeconds = gbSeconds;
  line.package = bought;
}

function readEnvironment(): void {
  const environment = line.ownEnvironment;
  let seen = 0;
  environment.idFrom = 0;
  environment.filingService = undefined;
  for (let more = cursor.opens(openBrace, closeBrace); more; more = cursor.goesOn(closeBrace)) {
    const key = cursor.key(keys.environment);
    if (key < 0 || (seen & (1 << key)) !== 0) {
      cursor.at = -1;
      return;
    }
    seen |= 1 << key;
    if (key === 0) {
      environment.idFrom = cursor.passText();
      environment.idTo = cursor.at - 1;
    } else environment.filingService = cursor.text(texts.filingService);
  }
  line.environment = environment;
}

function readUsed(): void {
  const used = line.ownUsed;
  let seen = 0;
  used.codes = 0;
  used.sites = 0;
  for (let more = cursor.opens(openBrace, closeBrace); more; more = cursor.goesOn(closeBrace)) {
    const key = cursor.key(keys.used);
    if (key < 0 || (seen & (1 << key)) !== 0) {
      cursor.at = -1;
      return;
    }
    seen |= 1 << key;
    if (key === 0) used.codes = cursor.whole();
    else used.sites = cursor.whole();
  }
  line.used = used;
}

type PublicIps = NonNullable<Resource['publicIps']>;

/** Lists without addresses are few, so each is kept and made once. */
const ipsOfKinds = new Map<number, PublicIps>();
const noIps: PublicIps = [];
ipsOfKinds.set(1, noIps);

/** First only the kinds are read, which say which list it is; the list itself is made where it is not known yet. */
function readPublicIps(): void {
  const from = cursor.at;
  const kinds = readIps(null);
  if (cursor.at < 0) return;
  const known = kinds < 0 ? undefined : ipsOfKinds.get(kinds);
  if (known !== undefined) {
    line.publicIps = known;
    return;
  }
  const list: PublicIps = [];
  cursor.at = from;
  readIps(list);
  if (kinds >= 0) ipsOfKinds.set(kinds, list);
  line.publicIps = list;
}

/** The kinds of all addresses as one number; -1: there is an address, or there are more than eight. */
function readIps(list: PublicIps | null): number {
  let kinds = 1;
  let simple = true;
  for (let more = cursor.opens(openBracket, closeBracket); more; more = cursor.goesOn(closeBracket)) {
    let address: string | undefined;
    let kind: PublicIps[number]['kind'];
    let seen = 0;
    for (let inside = cursor.opens(openBrace, closeBrace); inside; inside = cursor.goesOn(closeBrace)) {
      const key = cursor.key(keys.publicIp);
      if (key < 0 || (seen & (1 << key)) !== 0) {
        cursor.at = -1;
        return -1;
      }
      seen |= 1 << key;
      if (key === 0) address = cursor.text(texts.address);
      else kind = cursor.text(texts.kind);
    }
    simple &&= address === undefined && kinds < 4 ** 8;
    if (simple) kinds = kinds * 4 + (kind === undefined ? 0 : publicIpKinds.indexOf(kind) + 1);
    list?.push({ address, kind });
  }
  return simple ? kinds : -1;
}
