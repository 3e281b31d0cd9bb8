import { deflateRawSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { readApk } from './read-apk.ts';

/** Bytes after their length, as the signing block has them. */
const sized = (...parts: Uint8Array[]): Buffer => {
  const body = Buffer.concat(parts);
  const head = Buffer.alloc(4);
  head.writeUInt32LE(body.length);
  return Buffer.concat([head, body]);
};

const uint = (size: 2 | 4, ...values: number[]): Buffer => {
  const bytes = Buffer.alloc(size * values.length);
  values.forEach((value, index) => void bytes.writeUIntLE(value, index * size, size));
  return bytes;
};

/** A manifest in binary XML whose element `manifest` has the package. */
function manifestOf(packageName: string, isUtf8: boolean): Buffer {
  const words = ['package', packageName, 'manifest'];
  const strings = words.map((word) =>
    isUtf8
      ? Buffer.concat([Buffer.from([word.length, word.length]), Buffer.from(`${word}\0`)])
      : Buffer.concat([uint(2, word.length), Buffer.from(`${word}\0`, 'utf16le')]),
  );
  const offsets = strings.map((_one, index) => strings.slice(0, index).reduce((sum, { length }) => sum + length, 0));
  const body = Buffer.concat([uint(4, ...offsets), ...strings]);
  const pool = Buffer.concat([
    uint(2, 0x0001, 28),
    uint(4, 28 + body.length, words.length, 0, isUtf8 ? 0x100 : 0, 28 + 4 * words.length, 0),
    body,
  ]);
  const attribute = uint(4, 0xffffffff, 0, 1, 0x03000008, 1);
  const element = Buffer.concat([
    uint(2, 0x0102, 16),
    uint(4, 36 + attribute.length, 1, 0xffffffff, 0xffffffff, 2),
    uint(2, 20, 20, 1, 0, 0, 0),
    attribute,
  ]);
  return Buffer.concat([uint(2, 0x0003, 8), uint(4, 8 + pool.length + element.length), pool, element]);
}

interface Made {
  readonly isUtf8?: boolean;
  readonly isPacked?: boolean;
  /** Of the signature; null: none. */
  readonly scheme?: number | null;
  readonly comment?: string;
}

const certificate = Buffer.from('the certificate of the first signer');

function apkOf({ isUtf8 = false, isPacked = true, scheme = 0x7109871a, comment = '' }: Made = {}): Buffer {
  const name = Buffer.from('AndroidManifest.xml');
  const plain = manifestOf('cn.example.app', isUtf8);
  const content = isPacked ? deflateRawSync(plain) : plain;
  const method = isPacked ? 8 : 0;
  const local = Buffer.concat([
    uint(4, 0x04034b50),
    uint(2, 20, 0, method, 0, 0),
    uint(4, 0, content.length, plain.length),
    uint(2, name.length, 3),
    name,
    Buffer.from('pad'),
    content,
  ]);
  const signed = Buffer.concat([sized(), sized(sized(certificate), sized(Buffer.from('another')))]);
  const value = sized(sized(sized(signed), sized(), sized()));
  const pair = Buffer.concat([uint(4, value.length + 4, 0, scheme ?? 0), value]);
  const size = pair.length + 24;
  const block =
    scheme === null
      ? Buffer.alloc(0)
      : Buffer.concat([uint(4, size, 0), pair, uint(4, size, 0), Buffer.from('APK Sig Block 42')]);
  const directory = Buffer.concat([
    uint(4, 0x02014b50),
    uint(2, 20, 20, 0, method, 0, 0),
    uint(4, 0, content.length, plain.length),
    uint(2, name.length, 0, 0, 0, 0),
    uint(4, 0, 0),
    name,
  ]);
  const at = local.length + block.length;
  const end = Buffer.concat([
    uint(4, 0x06054b50),
    uint(2, 0, 0, 1, 1),
    uint(4, directory.length, at),
    uint(2, comment.length),
    Buffer.from(comment),
  ]);
  return Buffer.concat([local, block, directory, end]);
}

const read = (bytes: Buffer) => readApk(new Blob([new Uint8Array(bytes)]));

describe('an APK', () => {
  test.each<[string, Made]>([
    ['signed by scheme 2', {}],
    ['signed by scheme 3', { scheme: 0xf05368c0 }],
    ['signed by scheme 3.1', { scheme: 0x1b93ad61 }],
    ['with its manifest in UTF-8 and not compressed', { isUtf8: true, isPacked: false }],
    ['with a comment at its end', { comment: 'released' }],
  ])('%s says its package and the certificate of its first signer', async (_what, made) => {
    const facts = await read(apkOf(made));
    expect(facts.packageName).toBe('cn.example.app');
    expect(Buffer.from(facts.certificate).toString()).toBe(certificate.toString());
  });

  test.each<[string, Buffer, string]>([
    ['no signature of scheme 2 or 3', apkOf({ scheme: null }), 'not_signed'],
    ['another block only', apkOf({ scheme: 0x42726577 }), 'not_signed'],
    ['no package', Buffer.from('PK and nothing more'), 'not_apk'],
    ['nothing', Buffer.alloc(0), 'not_apk'],
  ])('%s: is refused', async (_what, bytes, code) => {
    await expect(read(bytes)).rejects.toMatchObject({ code });
  });

  test('that was cut anywhere is refused, and nothing else is thrown', async () => {
    const whole = apkOf();
    for (let length = 0; length < whole.length; length += 7) {
      await expect(read(whole.subarray(0, length))).rejects.toMatchObject({ name: 'ApkProblem' });
    }
  });

  test('with any byte spoiled gives facts or is refused, and nothing else is thrown', async () => {
    const whole = apkOf({ isPacked: false });
    for (let at = 0; at < whole.length; at += 1) {
      const spoiled = Buffer.from(whole);
      spoiled[at] = 0xff;
      const outcome = await read(spoiled).catch((error: Error) => error.name);
      expect(['ApkProblem', 'object']).toContain(typeof outcome === 'string' ? outcome : typeof outcome);
    }
  });
});
