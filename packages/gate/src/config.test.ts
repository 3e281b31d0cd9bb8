import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { isFault } from '@openbeian/model/fault';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { type GateConfigInput, parseGateConfig } from './config.ts';

const { publicKey } = generateKeyPairSync('ed25519');
const controlKeys = [publicKey.export({ format: 'der', type: 'spki' }).toString('base64')];

function placesOf(more: Partial<GateConfigInput>): readonly string[] {
  try {
    const pinned = more.controlUrl?.includes('127.0.0.1:') ? {} : { controlKeys };
    parseGateConfig({ snapshotFile: 'snapshot', token: 'sixteen-bytes-ok', ...pinned, ...more });
    return [];
  } catch (error) {
    if (!isFault(error, 'input.invalid')) throw error;
    return error.extras.places?.map(({ path }) => path) ?? [];
  }
}

test.each<[string, Partial<GateConfigInput>, readonly string[]]>([
  ['plain http on this machine', { controlUrl: 'http://127.0.0.1:8600', token: 'eight-ok' }, []],
  ['plain http elsewhere', { controlUrl: 'http://beian.example' }, ['controlUrl']],
  ['a name that only begins like this machine', { controlUrl: 'http://127.0.0.1.example' }, ['controlUrl']],
  ['https elsewhere', { controlUrl: 'https://beian.example' }, []],
  ['a short token elsewhere', { controlUrl: 'https://beian.example', token: 'eight-ok' }, ['token']],
  ['plain http in an isolated network', { controlUrl: 'http://10.0.0.1', insecureTransport: true }, []],
  [
    'no key of a control plane elsewhere',
    { controlUrl: 'https://beian.example', controlKeys: undefined },
    ['controlKeys'],
  ],
  ['an invalid key', { controlUrl: 'https://beian.example', controlKeys: ['MCowBQ=='] }, ['controlKeys[0]']],
])('%s', (_, config, places) => {
  expect(placesOf(config)).toEqual(places);
});

test.each<[object, readonly string[]]>([
  // The same as `listen`: a region or a policy was forgotten.
  [{}, ['listenFor[0]']],
  [{ anyNumberSuffices: {} }, ['listenFor[0].anyNumberSuffices.source']],
  [{ region: 'hk' }, []],
  [{ anyNumberSuffices: { source: 'alibaba-docs-2019' } }, []],
  [{ anyNumberSuffices: false }, []],
])('an address for proxies of their own: %j', (entry, places) => {
  expect(placesOf({ controlUrl: 'http://127.0.0.1:8600', listenFor: [{ port: 8091, ...entry }] })).toEqual(places);
});

test('an address is a host and port, or the path of a Unix socket', () => {
  const at = (listen: object) => placesOf({ controlUrl: 'http://127.0.0.1:8600', listen });
  expect([{}, { port: 1 }, { host: '::1' }, { path: '/run/gate.sock' }].map(at)).toEqual([[], [], [], []]);
  expect(at({ path: '/run/gate.sock', port: 8090 })).toEqual(['listen']);
  expect(at({ path: 'gate.sock' })).toEqual(['listen.path']);
  expect(placesOf({ controlUrl: 'http://127.0.0.1:8600', listenFor: [{ region: 'hk' }] })).toEqual([
    'listenFor[0].port',
  ]);
});

test('a configuration that was read can be read again: the command reads it before the gate does', () => {
  for (const [listen, listenFor] of [
    [{}, [{ port: 8091, region: 'hk' }]],
    [{ path: '/run/gate.sock' }, [{ path: '/run/hk.sock', region: 'hk' }]],
  ] as const) {
    const read = parseGateConfig({
      controlUrl: 'http://127.0.0.1:8600',
      token: 'token-of-a-gate',
      snapshotFile: 'gate.snapshot',
      listen,
      listenFor: [...listenFor],
    });
    expect(parseGateConfig(read)).toEqual(read);
  }
});

test('the example asks for a token and a key of one’s own; with them it is valid', () => {
  const example = parse(
    readFileSync(new URL('../../../examples/gate.yaml', import.meta.url), 'utf8'),
  ) as GateConfigInput;
  expect(placesOf(example)).toEqual(expect.arrayContaining(['token', 'controlKeys[0]']));
  expect(placesOf({ ...example, token: 'sixteen-bytes-ok', controlKeys })).toEqual([]);
});
