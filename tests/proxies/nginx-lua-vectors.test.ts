import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dayNumber } from '@openbeian/model/gate';
import {
  hostVectors,
  vectorContexts,
  vectorDefaultNames,
  vectorProvider,
  vectorRecords,
} from '@openbeian/model/gate/testing';
import { describe, expect, test } from 'vitest';
import { requireProgram } from '../support/require-program.ts';
import { evaluateByReader, evaluatingConfig } from './evaluate-by-reader.ts';
import { putSnapshot, startReader } from './nginx-lua-program.ts';
import { freePort } from './run-program.ts';

const nginx = requireProgram('nginx');
const module = requireProgram('nginxLua');

describe.skipIf(nginx === null || module === null)('the reader in Lua', () => {
  test('decides all vectors as the core does, or leaves them to the gate', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'openbeian-vectors-'));
    const about = { provider: vectorProvider, defaultNames: vectorDefaultNames };
    const snapshots = [
      { of: 'cn-mainland', region: 'cn-mainland', anyNumberSuffices: false },
      { of: 'hk', region: 'hk', anyNumberSuffices: false },
      { of: 'cdn', region: 'cn-mainland', anyNumberSuffices: true },
      { of: 'listed', region: 'cn-mainland', anyNumberSuffices: true, listsNumbers: true },
    ] as const;
    for (const { of, ...serving } of snapshots) {
      // Half of the records as changes over the snapshot of the others.
      const isLater = (place: number) => place % 2 === 1;
      const rows = vectorRecords.filter((_, place) => !isLater(place));
      const put = await putSnapshot(join(folder, `${of}.snapshot`), rows, { ...about, ...serving });
      for (const record of vectorRecords.filter((_, place) => isLater(place))) {
        put.change({ name: record.name, exact: record.serviceKind !== undefined, record });
      }
    }
    const port = await freePort();
    const running = await startReader(
      { nginx: nginx ?? '', folder, port },
      evaluatingConfig(
        folder,
        port,
        snapshots.map(({ of }) => of),
      ),
    );
    try {
      const vectors = hostVectors();
      for (const [place, { outsideMainland, anyNumberSuffices, at, name }] of vectorContexts.entries()) {
        const region = outsideMainland ? 'hk' : anyNumberSuffices ? 'cdn' : 'cn-mainland';
        const hosts = vectors.map(({ host }) => host);
        const answers = await evaluateByReader(port, { region, hosts, day: dayNumber(at) });
        const wrong = vectors.flatMap(({ host, expected }, number) => {
          const answer = answers[number];
          return answer === 'ask' || answer === expected[place]?.reason ? [] : [{ host, name, answer }];
        });
        expect(wrong).toEqual([]);
        // Names on record are decided in the process, IDN among them.
        for (const host of ['xn--fsqu00a.xn--fiqs8s', 'www.xn--fsqu00a.xn--fiqs8s', '_dmarc.filed.cn']) {
          expect(answers[hosts.indexOf(host)], host).not.toBe('ask');
        }
        const decided = answers.filter((answer) => answer !== 'ask').length;
        expect(decided).toBeGreaterThan(hosts.length / 3);
      }
      // Where the gate has numbers that are in no snapshot, names without a record are its to decide.
      const hosts = [
        'other.cn',
        'www.other.cn',
        'filed.cn',
        'moved.cn',
        'nobody.cn',
        'cancelled.cn',
        'app.xingyun-cloud.cn',
      ];
      expect(await evaluateByReader(port, { region: 'listed', hosts, day: dayNumber('2026-11-21') })).toEqual([
        'ask',
        'ask',
        'filed_here',
        'filed_here',
        'filed_elsewhere',
        'cancelled',
        'exempt_provider_name',
      ]);
    } finally {
      await running.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
