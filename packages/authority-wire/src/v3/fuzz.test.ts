import { isFault } from '@openbeian/model/fault';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readAnswer } from './answers.ts';
import { readDownload } from './downloads.ts';
import { defaultLimits } from './limits.ts';
import { downloadData } from './messages/download.ts';
import { downloadReturn } from './messages/returns.ts';
import { writeXml } from './schema/write-xml.ts';
import { readSoapAnswer, writeSoapAnswer } from './soap-calls.ts';
import { valueOf } from './testing/arbitraries.ts';
import { type Chance, chanceOf } from './testing/chance.ts';
import { soundOf, spoiltPackage } from './testing/spoilt-packages.ts';
import { type Trouble, troubleTexts } from './troubles.ts';

/** A few thousand each time; `npm run test:hostile-packages` runs 100,000. */
const runs = Number(process.env['HOSTILE_PACKAGES'] ?? 3000);
const firstSeed = Number(process.env['HOSTILE_SEED'] ?? 1);
const cipher = { key: '0123456789abcdef', iv: '0102030405060708' };
const mebibyte = 1024 * 1024;
/** Small, so that what goes beyond them is small, too. */
const limits = {
  ...defaultLimits,
  packedBytes: mebibyte,
  expandedBytes: 4 * mebibyte,
  elements: 20_000,
  textLength: 200_000,
};
/** The time stands still: nothing may depend on a limit of time. */
const nowMs = () => 0;

const soundDocuments = fc
  .sample(valueOf(downloadData), { seed: 7, numRuns: 40 })
  .map((value) => writeXml('DownloadData', downloadData, value));

/** The name of what was wrong; null for what could be read. Anything but the fault is thrown on. */
function troubleOf(error: unknown): Trouble {
  if (!isFault(error, 'authority.unreadable')) throw error;
  const [reason] = error.extras.reasons as readonly { readonly code: Trouble }[];
  expect(Object.keys(troubleTexts)).toContain(reason?.code);
  return reason?.code ?? expect.unreachable('a fault without a reason');
}

function expectUnspoilt(): void {
  expect(Object.keys(Object.prototype)).toEqual([]);
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
}

describe(`${runs} spoilt packages`, () => {
  test('are read, or refused by a named fault; each of its steps refuses some', {
    timeout: 20_000 + runs * 20,
  }, async () => {
    const sound = await Promise.all(soundDocuments.map(soundOf));
    const met = new Map<Trouble | 'read', number>();
    for (let seed = firstSeed; seed < firstSeed + runs; seed += 1) {
      const chance = chanceOf(seed);
      const [first, ...others] = sound;
      if (first === undefined) throw new Error('no documents');
      const { what, packed } = await spoiltPackage(chance.pick([first, ...others]), chance, cipher);
      const result = await readDownload(packed, { cipher, limits, nowMs }).then(
        () => 'read' as const,
        (error: unknown) => {
          if (isFault(error)) return troubleOf(error);
          throw new Error(`seed ${seed}, ${what}: ${String(error)}`, { cause: error });
        },
      );
      met.set(result, (met.get(result) ?? 0) + 1);
    }
    expectUnspoilt();
    const steps: (Trouble | 'read')[] = [
      'read',
      'base64_malformed',
      'encryption_unknown',
      'hash_unknown',
      'compression_unknown',
      'hash_malformed',
      'hash_mismatch',
      'decryption_failed',
      'zip_broken',
      'zip_entries',
      'zip_checksum',
      'expanded_too_large',
      'encoding_unknown',
      'text_malformed',
      'xml_malformed',
      'xml_doctype',
      'xml_root',
      'xml_too_deep',
      'xml_too_many_elements',
      'xml_text_too_long',
    ];
    expect(steps.filter((step) => !met.has(step))).toEqual([]);
    expect(met.has('took_too_long')).toBe(false);
  });
});

describe(`${runs} spoilt answers`, () => {
  test('are read, or refused by a named fault', { timeout: 20_000 + runs * 10 }, () => {
    const answers = fc
      .sample(valueOf(downloadReturn), { seed: 7, numRuns: 40 })
      .map((value) => writeSoapAnswer('isp_download', 'http://example.cn/', writeXml('return', downloadReturn, value)));
    for (let seed = firstSeed; seed < firstSeed + runs; seed += 1) {
      const chance = chanceOf(seed);
      const text = spoilAnswer(answers[chance.below(answers.length)] ?? '', chance);
      try {
        readAnswer('isp_download', readSoapAnswer('isp_download', text, limits), limits, nowMs);
      } catch (error) {
        if (isFault(error, 'authority.refused')) continue;
        troubleOf(error);
      }
    }
    expectUnspoilt();
  });
});

function spoilAnswer(text: string, chance: Chance): string {
  let spoilt = text;
  for (let times = 1 + chance.below(4); times > 0; times -= 1) {
    const place = chance.below(spoilt.length + 1);
    const put = chance.pick([
      '',
      '<',
      '&',
      '&lt;',
      '&lt;/return&gt;',
      '<!DOCTYPE x>',
      ']]>',
      '\u0000',
      '<a>'.repeat(40),
      'return',
      '长',
    ]);
    spoilt = spoilt.slice(0, place) + put + spoilt.slice(place + chance.below(30));
  }
  return spoilt;
}
