import {
  billings,
  filingServiceStates,
  isPublicAddress,
  publicIpKinds,
  resourceSchema,
  resourceStates,
} from '@openbeian/model/eligibility';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PaddedBytes } from './byte-texts.ts';
import { ResourceScanner } from './scan-resource.ts';

/** Used for every line, as in a fleet: what it remembers of the lines before must not matter. */
const scanner = new ResourceScanner();

function scan(text: string) {
  const length = Buffer.byteLength(text) + 1;
  const padded = PaddedBytes.ofSize(length);
  padded.bytes.write(`${text}\n`);
  padded.pad(length);
  scanner.open(padded);
  return scanner.scan(0) === length - 1 ? scanner.line.copy() : null;
}

const id = fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 30 }).filter((text) => !/["\\]/.test(text));
const day = fc
  .date({ min: new Date('1971-01-01'), max: new Date('2999-12-30'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const count = fc.nat({ max: 10_000_000 });
const whole = fc.record(
  {
    id,
    provider: fc.constantFrom('tencent', 'alibaba', 'nobody'),
    product: id,
    account: id,
    region: id,
    billing: fc.constantFrom(...billings),
    boughtAt: day,
    firstTerm: fc.constantFrom('P3M', 'P90D', 'P1Y'),
    orderAmountCny: fc.nat({ max: 100_000_000 }).map((fen) => fen / 100),
    package: fc.record({ invocations: count, gbSeconds: count }, { requiredKeys: [] }),
    environment: fc.record({ id, filingService: fc.constantFrom(...filingServiceStates) }, { requiredKeys: [] }),
    boundTo: id,
    state: fc.constantFrom(...resourceStates),
    trial: fc.boolean(),
    publicIps: fc.array(
      fc.record(
        { address: fc.oneof(fc.ipV4(), fc.ipV6()).filter(isPublicAddress), kind: fc.constantFrom(...publicIpKinds) },
        { requiredKeys: [] },
      ),
    ),
    bandwidthMbps: fc.nat({ max: 100_000 }).map((tenth) => tenth / 10),
    used: fc.record({ codes: count, sites: count }, { requiredKeys: [] }),
  },
  { requiredKeys: ['id', 'provider', 'product'] },
);
const indented = fc.constantFrom<(value: unknown) => string>(
  JSON.stringify,
  (value) => JSON.stringify(value, null, ' ').replaceAll('\n', ''),
  (value) => `\t${JSON.stringify(value)} \r`,
);

test('an address that the internet does not reach is left to the schema, which refuses it', () => {
  const line = (address: string) => JSON.stringify({ id: 'a', provider: 'p', product: 'q', publicIps: [{ address }] });
  for (const address of ['10.0.0.5', '100.64.0.1', '127.0.0.1', '::1', 'fd00::1']) {
    expect([address, scan(line(address)), resourceSchema.safeParse(JSON.parse(line(address))).success]).toEqual([
      address,
      null,
      false,
    ]);
  }
  expect(scan(line('8.8.8.8'))).not.toBeNull();
});

test('every line as programs write them is read, and to the very resource that the schema reads', () => {
  fc.assert(
    fc.property(whole, indented, (value, write) => {
      expect(scan(write(value))).toEqual(resourceSchema.parse(value));
    }),
    { numRuns: 500 },
  );
});

/** A line with some bytes taken out, doubled, swapped or replaced: mostly bad, sometimes only unusual. */
const damaged = fc
  .tuple(whole, fc.array(fc.tuple(fc.nat(), fc.nat(5), fc.constantFrom(...'{}[]",:.-+eE0129 tfn\\\u0000\u007fé'))))
  .map(([value, wounds]) => {
    let text = JSON.stringify(value);
    for (const [where, kind, letter] of wounds.slice(0, 3)) {
      const at = where % (text.length + 1);
      if (kind === 0) text = text.slice(0, at) + text.slice(at + 1);
      else if (kind === 1) text = text.slice(0, at) + letter + text.slice(at);
      else if (kind === 2) text = text.slice(0, at) + letter + text.slice(at + 1);
      else if (kind === 3) text = text.slice(0, at);
      else text += text.slice(at);
    }
    return text;
  });

test('what it reads the schema reads the same; what the schema refuses it never reads', () => {
  fc.assert(
    fc.property(damaged, (text) => {
      const read = scan(text);
      // Most damaged lines are not read at all; those that are must be good.
      expect(read === null ? null : resourceSchema.parse(JSON.parse(text))).toEqual(read);
    }),
    { numRuns: Number(process.env['SCAN_RUNS'] ?? 5000) },
  );
});

test.each([
  ['a key twice', '{"id":"a","provider":"p","product":"q","id":"b"}'],
  ['an unknown key', '{"id":"a","provider":"p","product":"q","size":1}'],
  ['no id', '{"provider":"p","product":"q"}'],
  ['an empty id', '{"id":"","provider":"p","product":"q"}'],
  ['an id too long', `{"id":"${'x'.repeat(201)}","provider":"p","product":"q"}`],
  ['an escape', '{"id":"\\u0061","provider":"p","product":"q"}'],
  ['letters beyond ASCII', '{"id":"云","provider":"p","product":"q"}'],
  ['a leading zero', '{"id":"a","provider":"p","product":"q","bandwidthMbps":01}'],
  ['a bare point', '{"id":"a","provider":"p","product":"q","bandwidthMbps":1.}'],
  ['a point alone', '{"id":"a","provider":"p","product":"q","bandwidthMbps":.}'],
  ['an invalid date', '{"id":"a","provider":"p","product":"q","boughtAt":"2026-02-29"}'],
  [
    'an end before the beginning',
    '{"id":"a","provider":"p","product":"q","boughtAt":"2026-02-02","expiresAt":"2026-02-01"}',
  ],
  ['null', '{"id":"a","provider":"p","product":"q","region":null}'],
  ['a comma too many', '{"id":"a","provider":"p","product":"q",}'],
  ['something behind it', '{"id":"a","provider":"p","product":"q"}{}'],
  ['half of it', '{"id":"a","provider":"p","product":"q"'],
  ['nothing', ''],
])('left to the schema: %s', (_, text) => {
  expect(scan(text)).toBeNull();
});

test('instants fall on their day in Shanghai here as well', () => {
  const line = '{"id":"a","provider":"p","product":"q","boughtAt":"2026-08-20T16:00:00Z"}';
  expect(scan(line)?.boughtAt).toBe('2026-08-21');
});
