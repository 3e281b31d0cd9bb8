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
import { ByteTexts, type PaddedBytes } from './byte-texts.ts';
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

/** The keys of a resource by their numbers. */
const number = {
  id: 0,
  provider: 1,
  product: 2,
  account: 3,
  region: 4,
  billing: 5,
  boughtAt: 6,
  expiresAt: 7,
  firstTerm: 8,
  orderAmountCny: 9,
  package: 10,
  environment: 11,
  boundTo: 12,
  state: 13,
  trial: 14,
  publicIps: 15,
  bandwidthMbps: 16,
  used: 17,
} as const satisfies { readonly [K in keyof Resource]-?: number };
const keyNames = Object.keys(number);
const firstOfRest = number.orderAmountCny;

const keys = {
  resource: new KeyTable(keyNames),
  package: new KeyTable(['invocations', 'gbSeconds']),
  environment: new KeyTable(['id', 'filingService']),
  publicIp: new KeyTable(['address', 'kind']),
  used: new KeyTable(['codes', 'sites']),
};

type PublicIps = NonNullable<Resource['publicIps']>;

/** Lists without addresses are few, so each is kept and made once. */
const ipsOfKinds = new Map<number, PublicIps>();
const noIps: PublicIps = [];
ipsOfKinds.set(1, noIps);

/** Reads lines one after the other, each into the same resource. */
export class ResourceScanner {
  /** What `scan` read last. It is changed by the next reading. */
  readonly line = new LineResource();
  readonly #cursor = new LineCursor();
  /** The key that came last behind each key, and the first one at the end: the next line probably has them in the same order. */
  readonly #next = Uint8Array.from([...keyNames.keys(), -1], (key) => (key + 1) % keyNames.length);

  /** Before the first line of these bytes, or after their memory was replaced. */
  open(padded: PaddedBytes): void {
    this.#cursor.open(padded);
  }

  /**
   * Reads the line that begins at `from` into `line`, exactly as the inventory's schema would read it.
   * @returns where the line feed is that ends it; -1 where this reader leaves the line to the schema. The bytes must end with
   * a line feed.
   */
  scan(from: number): number {
    const cursor = this.#cursor;
    const { line } = this;
    const next = this.#next;
    const { bytes } = cursor;
    cursor.at = from;
    line.clear(bytes);
    let seen = 0;
    let last = keyNames.length;
    for (let more = cursor.opens(openBrace, closeBrace); more; more = cursor.goesOn(closeBrace)) {
      const probable = next[last] ?? 0;
      const key = cursor.key(keys.resource, probable);
      const bit = 1 << key;
      if (key < 0 || (seen & bit) !== 0) return -1;
      seen |= bit;
      if (key !== probable) next[last] = key;
      last = key;
      if (key < firstOfRest) this.#readFirst(key);
      else this.#readRest(key);
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

  /** The value of one of the first keys; the walk ends where it is none. */
  #readFirst(key: number): void {
    const cursor = this.#cursor;
    const { line } = this;
    switch (key) {
      case number.id:
        line.idFrom = cursor.passText();
        line.idTo = cursor.at - 1;
        break;
      case number.provider:
        line.provider = cursor.text(texts.name) ?? '';
        break;
      case number.product:
        line.product = cursor.text(texts.name) ?? '';
        break;
      case number.account:
        line.account = cursor.text(texts.account);
        line.accountTo = cursor.at - 1;
        line.accountFrom = line.accountTo - (line.account?.length ?? 0);
        break;
      case number.region:
        line.region = cursor.text(texts.name);
        break;
      case number.billing:
        line.billing = cursor.text(texts.billing);
        break;
      case number.boughtAt:
        line.boughtAt = this.#day(texts.boughtAt);
        break;
      case number.expiresAt:
        line.expiresAt = this.#day(texts.expiresAt);
        break;
      default:
        line.firstTerm = cursor.text(texts.period);
    }
  }

  /** The same of the others. */
  #readRest(key: number): void {
    const cursor = this.#cursor;
    const { line } = this;
    switch (key) {
      case number.orderAmountCny:
        line.orderAmountCny = cursor.hundredths();
        if (line.orderAmountCny > 1e12) cursor.at = -1;
        break;
      case number.package:
        this.#readPackage();
        break;
      case number.environment:
        this.#readEnvironment();
        break;
      case number.boundTo:
        line.boundFrom = cursor.passText();
        line.boundEnd = cursor.at - 1;
        break;
      case number.state:
        line.state = cursor.text(texts.state) ?? 'running';
        break;
      case number.trial:
        line.trial = cursor.truth();
        break;
      case number.publicIps:
        this.#readPublicIps();
        break;
      case number.bandwidthMbps:
        line.bandwidthMbps = cursor.hundredths();
        break;
      default:
        this.#readUsed();
    }
  }

  #day(others: ByteTexts<string>): string | undefined {
    const cursor = this.#cursor;
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

  #readPackage(): void {
    const cursor = this.#cursor;
    const { line } = this;
    const bought = line.ownPackage;
    let seen = 0;
    let invocations: number | undefined;
    let gbSeconds: number | undefined;
    for (let more = cursor.opens(openBrace, closeBrace); more; more = cursor.goesOn(closeBrace)) {
      const key = cursor.key(keys.package, seen & 1);
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

  #readEnvironment(): void {
    const cursor = this.#cursor;
    const { line } = this;
    const environment = line.ownEnvironment;
    let seen = 0;
    environment.idFrom = 0;
    environment.filingService = undefined;
    for (let more = cursor.opens(openBrace, closeBrace); more; more = cursor.goesOn(closeBrace)) {
      const key = cursor.key(keys.environment, seen & 1);
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

  #readUsed(): void {
    const cursor = this.#cursor;
    const { line } = this;
    const used = line.ownUsed;
    let seen = 0;
    used.codes = 0;
    used.sites = 0;
    for (let more = cursor.opens(openBrace, closeBrace); more; more = cursor.goesOn(closeBrace)) {
      const key = cursor.key(keys.used, seen & 1);
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

  /** First only the kinds are read, which say which list it is; the list itself is made where it is not known yet. */
  #readPublicIps(): void {
    const cursor = this.#cursor;
    const { line } = this;
    const from = cursor.at;
    const kinds = this.#readIps(null);
    if (cursor.at < 0) return;
    const known = kinds < 0 ? undefined : ipsOfKinds.get(kinds);
    if (known !== undefined) {
      line.publicIps = known;
      return;
    }
    const list: PublicIps = [];
    cursor.at = from;
    this.#readIps(list);
    if (kinds >= 0) ipsOfKinds.set(kinds, list);
    line.publicIps = list;
  }

  /** The kinds of all addresses as one number; -1: there is an address, or there are more than eight. */
  #readIps(list: PublicIps | null): number {
    const cursor = this.#cursor;
    let kinds = 1;
    let simple = true;
    for (let more = cursor.opens(openBracket, closeBracket); more; more = cursor.goesOn(closeBracket)) {
      let address: string | undefined;
      let kind: PublicIps[number]['kind'];
      let seen = 0;
      for (let inside = cursor.opens(openBrace, closeBrace); inside; inside = cursor.goesOn(closeBrace)) {
        const key = cursor.key(keys.publicIp, 1);
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
}
