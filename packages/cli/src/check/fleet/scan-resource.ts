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
import { Remembered } from './remembered.ts';

/*
 * A line of NDJSON to a resource in one walk over its bytes, for fleets: `JSON.parse` and the inventory's schema take ten
 * times as long. It reads what nearly every line is (the inventory's keys in ASCII, each once, without escapes) and knows
 * no error: for anything else it answers null, and the caller asks the schema, which accepts it or says what is wrong.
 * A property test holds both to the same answer.
 */

const quote = 0x22;
const comma = 0x2c;
const colon = 0x3a;
const openBrace = 0x7b;
const closeBrace = 0x7d;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const backslash = 0x5c;
const zero = 0x30;
const nine = 0x39;
const point = 0x2e;

const oneOf =
  <T extends string>(list: readonly T[]) =>
  (text: string): T | null =>
    list.find((it) => it === text) ?? null;
const idOf = (text: string): string | null => (text.length > 0 && text.length <= 200 ? text : null);

/** The position of the walk; -1 once it met what it does not read. */
let at = 0;

const resourceKeys = [
  ...(['id', 'provider', 'product', 'account', 'region', 'billing', 'boughtAt', 'expiresAt', 'firstTerm'] as const),
  ...(['orderAmountCny', 'package', 'environment', 'boundTo', 'state', 'trial', 'publicIps', 'bandwidthMbps'] as const),
  'used',
] as const;
const keys = {
  resource: new Remembered(oneOf(resourceKeys), 256),
  package: new Remembered(oneOf(['invocations', 'gbSeconds']), 16),
  environment: new Remembered(oneOf(['id', 'filingService']), 16),
  publicIp: new Remembered(oneOf(['address', 'kind']), 16),
  used: new Remembered(oneOf(['codes', 'sites']), 16),
};
const texts = {
  /** Providers, products, regions: few in any fleet. */
  name: new Remembered(idOf, 1024),
  account: new Remembered(idOf, 8192),
  billing: new Remembered(oneOf(billings), 16),
  boughtAt: new Remembered((text) => dayIn(text, latestDays.boughtAt), 4096),
  expiresAt: new Remembered((text) => dayIn(text, latestDays.expiresAt), 4096),
  period: new Remembered((text) => (isPeriod(text) ? text : null), 256),
  state: new Remembered(oneOf(resourceStates), 16),
  filingService: new Remembered(oneOf(filingServiceStates), 16),
  kind: new Remembered(oneOf(publicIpKinds), 16),
  address: new Remembered((text) => (addressSchema.safeParse(text).success ? text : null), 1024),
};

/**
 * The resource that the bytes from `from` up to `to` say, exactly as the inventory's schema would read it; null where this
 * reader leaves the line to the schema. The byte at `to` must be the line feed that ends the line.
 */
export function scanResource(bytes: Buffer, from: number, to: number): Resource | null {
  at = from;
  let seen = 0;
  let id: string | null = null;
  let provider: string | null = null;
  let product: string | null = null;
  let account: string | undefined;
  let region: string | undefined;
  let billing: Resource['billing'];
  let boughtAt: string | undefined;
  let expiresAt: string | undefined;
  let firstTerm: string | undefined;
  let orderAmountCny: number | undefined;
  let bought: Resource['package'];
  let environment: Resource['environment'];
  let boundTo: string | undefined;
  let state: Resource['state'] = 'running';
  let trial = false;
  let publicIps: Resource['publicIps'];
  let bandwidthMbps: number | undefined;
  let used: Resource['used'] = { codes: 0, sites: 0 };
  for (let more = opens(bytes, openBrace, closeBrace); more; more = goesOn(bytes, closeBrace)) {
    const key = keyOf(bytes, keys.resource);
    if (key === null) return null;
    const bit = 1 << resourceKeys.indexOf(key);
    if ((seen & bit) !== 0) return null;
    seen |= bit;
    switch (key) {
      case 'id':
        id = fresh(bytes);
        break;
      case 'provider':
        provider = textOf(bytes, texts.name) ?? null;
        break;
      case 'product':
        product = textOf(bytes, texts.name) ?? null;
        break;
      case 'account':
        account = textOf(bytes, texts.account);
        break;
      case 'region':
        region = textOf(bytes, texts.name);
        break;
      case 'billing':
        billing = textOf(bytes, texts.billing);
        break;
      case 'boughtAt':
        boughtAt = textOf(bytes, texts.boughtAt);
        break;
      case 'expiresAt':
        expiresAt = textOf(bytes, texts.expiresAt);
        break;
      case 'firstTerm':
        firstTerm = textOf(bytes, texts.period);
        break;
      case 'orderAmountCny':
        orderAmountCny = hundredths(bytes);
        if (orderAmountCny > 1e12) at = -1;
        break;
      case 'package':
        bought = packageOf(bytes);
        break;
      case 'environment':
        environment = environmentOf(bytes);
        break;
      case 'boundTo':
        boundTo = fresh(bytes) ?? undefined;
        break;
      case 'state':
        state = textOf(bytes, texts.state) ?? state;
        break;
      case 'trial':
        trial = truth(bytes);
        break;
      case 'publicIps':
        publicIps = publicIpsOf(bytes);
        break;
      case 'bandwidthMbps':
        bandwidthMbps = hundredths(bytes);
        break;
      case 'used':
        used = usedOf(bytes);
        break;
    }
    if (at < 0) return null;
  }
  if (at < 0 || id === null || provider === null || product === null) return null;
  if (boughtAt !== undefined && expiresAt !== undefined && expiresAt < boughtAt) return null;
  skipBlanks(bytes);
  if (at !== to && !(at === to - 1 && bytes[at] === 0x0d)) return null;
  return {
    id,
    provider,
    product,
    account,
    region,
    billing,
    boughtAt,
    expiresAt,
    firstTerm,
    orderAmountCny,
    package: bought,
    environment,
    boundTo,
    state,
    trial,
    publicIps,
    bandwidthMbps,
    used,
  };
}

function packageOf(bytes: Buffer): Resource['package'] {
  let invocations: number | undefined;
  let gbSeconds: number | undefined;
  for (let more = opens(bytes, openBrace, closeBrace); more; more = goesOn(bytes, closeBrace)) {
    const key = keyOf(bytes, keys.package);
    if (key === 'invocations' && invocations === undefined) invocations = whole(bytes);
    else if (key === 'gbSeconds' && gbSeconds === undefined) gbSeconds = whole(bytes);
    else at = -1;
  }
  return { invocations, gbSeconds };
}

function environmentOf(bytes: Buffer): Resource['environment'] {
  let id: string | undefined;
  let filingService: NonNullable<Resource['environment']>['filingService'];
  for (let more = opens(bytes, openBrace, closeBrace); more; more = goesOn(bytes, closeBrace)) {
    const key = keyOf(bytes, keys.environment);
    if (key === 'id' && id === undefined) id = fresh(bytes) ?? undefined;
    else if (key === 'filingService' && filingService === undefined) {
      filingService = textOf(bytes, texts.filingService);
    } else at = -1;
  }
  return { id, filingService };
}

function usedOf(bytes: Buffer): Resource['used'] {
  let codes: number | undefined;
  let sites: number | undefined;
  for (let more = opens(bytes, openBrace, closeBrace); more; more = goesOn(bytes, closeBrace)) {
    const key = keyOf(bytes, keys.used);
    if (key === 'codes' && codes === undefined) codes = whole(bytes);
    else if (key === 'sites' && sites === undefined) sites = whole(bytes);
    else at = -1;
  }
  return { codes: codes ?? 0, sites: sites ?? 0 };
}

function publicIpsOf(bytes: Buffer): Resource['publicIps'] {
  const list: NonNullable<Resource['publicIps']> = [];
  for (let more = opens(bytes, openBracket, closeBracket); more; more = goesOn(bytes, closeBracket)) {
    let address: string | undefined;
    let kind: (typeof publicIpKinds)[number] | undefined;
    for (let inside = opens(bytes, openBrace, closeBrace); inside; inside = goesOn(bytes, closeBrace)) {
      const key = keyOf(bytes, keys.publicIp);
      if (key === 'address' && address === undefined) address = textOf(bytes, texts.address);
      else if (key === 'kind' && kind === undefined) kind = textOf(bytes, texts.kind);
      else at = -1;
    }
    list.push({ address, kind });
  }
  return list;
}

function skipBlanks(bytes: Buffer): void {
  while (bytes[at] === 0x20 || bytes[at] === 0x09) at += 1;
}

/** Steps into an object or a list; false where it is empty, or none. */
function opens(bytes: Buffer, opening: number, closing: number): boolean {
  skipBlanks(bytes);
  if (at < 0 || bytes[at] !== opening) {
    at = -1;
    return false;
  }
  at += 1;
  skipBlanks(bytes);
  if (bytes[at] !== closing) return true;
  at += 1;
  return false;
}

/** Steps over the comma to the next, or over the end. */
function goesOn(bytes: Buffer, closing: number): boolean {
  if (at < 0) return false;
  skipBlanks(bytes);
  const byte = bytes[at];
  at = byte === comma || byte === closing ? at + 1 : -1;
  return byte === comma;
}

/** The key at this position; the walk is behind its colon. Null: an unknown key. */
function keyOf<T extends string>(bytes: Buffer, known: Remembered<T>): T | null {
  skipBlanks(bytes);
  const from = at + 1;
  const hash = hashOfText(bytes);
  const key = at < 0 ? null : known.read(bytes, from, at - 1, hash);
  skipBlanks(bytes);
  if (key === null || bytes[at] !== colon) at = -1;
  else at += 1;
  return at < 0 ? null : key;
}

/** The text at this position, if it is an accepted one; otherwise the walk ends. */
function textOf<T extends string>(bytes: Buffer, known: Remembered<T>): T | undefined {
  skipBlanks(bytes);
  const from = at + 1;
  const hash = hashOfText(bytes);
  const value = at < 0 ? null : known.read(bytes, from, at - 1, hash);
  if (value !== null) return value;
  at = -1;
  return undefined;
}

/** An id, which occurs once in a fleet: not worth remembering. */
function fresh(bytes: Buffer): string | null {
  skipBlanks(bytes);
  const from = at + 1;
  hashOfText(bytes);
  const length = at - 1 - from;
  if (at >= 0 && length > 0 && length <= 200) return bytes.toString('latin1', from, at - 1);
  at = -1;
  return null;
}

/** Steps over a text in quotes and hashes it; the walk ends where there is none of plain ASCII. */
function hashOfText(bytes: Buffer): number {
  let hash = 7;
  if (at < 0 || bytes[at] !== quote) {
    at = -1;
    return hash;
  }
  for (let index = at + 1; ; index += 1) {
    const byte = bytes[index] ?? 0;
    if (byte === quote) {
      at = index + 1;
      return hash;
    }
    // The line feed behind the line ends the search as well.
    if (byte < 0x20 || byte === backslash || byte > 0x7e) {
      at = -1;
      return hash;
    }
    hash = (Math.imul(hash, 31) + byte) | 0;
  }
}

/** A whole number of up to fifteen digits. */
function whole(bytes: Buffer): number {
  skipBlanks(bytes);
  const from = at;
  let value = 0;
  for (let byte = bytes[at]; byte !== undefined && byte >= zero && byte <= nine; byte = bytes[at]) {
    value = value * 10 + byte - zero;
    at += 1;
  }
  const digits = at - from;
  // `01` is no JSON; `1.5`, `1e3` and their like are left to those who know every number.
  if (digits === 0 || digits > 15 || (digits > 1 && bytes[from] === zero) || !endsValue(bytes[at])) at = -1;
  return value;
}

/** A number with at most two decimals: the division rounds as reading the decimals would. */
function hundredths(bytes: Buffer): number {
  skipBlanks(bytes);
  const from = at;
  let value = 0;
  let decimals = -1;
  for (let byte = bytes[at]; byte !== undefined; byte = bytes[at]) {
    if (byte === point && decimals < 0) decimals = 0;
    else if (byte >= zero && byte <= nine) {
      value = value * 10 + byte - zero;
      if (decimals >= 0) decimals += 1;
    } else break;
    at += 1;
  }
  const length = at - from;
  const leading = bytes[from] === zero && length > 1 && bytes[from + 1] !== point;
  if (length === 0 || length > 15 || bytes[from] === point || leading || !endsValue(bytes[at])) at = -1;
  if (decimals < 0) return value;
  if (decimals === 0 || decimals > 2) at = -1;
  return decimals === 1 ? value / 10 : value / 100;
}

function truth(bytes: Buffer): boolean {
  skipBlanks(bytes);
  const text = bytes[at] === 0x74 ? 'true' : 'false';
  for (let index = 0; index < text.length; index += 1) {
    if (bytes[at + index] !== text.charCodeAt(index)) {
      at = -1;
      return false;
    }
  }
  at += text.length;
  return text === 'true';
}

function endsValue(byte: number | undefined): boolean {
  return byte === comma || byte === closeBrace || byte === 0x20 || byte === 0x09;
}
