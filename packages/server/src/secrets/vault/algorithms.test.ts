import { createCipheriv, createHash, createHmac, createSecretKey } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { keyedHash } from './algorithms.ts';

const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex');

/** What the runtime calls SM3 and SM4 is what the standards say: their own examples. */
describe('national algorithms', () => {
  test.each([
    ['GB/T 32905-2016 A.1', 'abc', '66c7f0f4 62eeedd9 d1f2d46b dc10e4e2 4167c487 5cf2f7a2 297da02b 8f4ba8e0'],
    [
      'GB/T 32905-2016 A.2',
      'abcd'.repeat(16),
      'debe9ff9 2275b8a1 38604889 c18e5a4d 6fdb70e5 387e5765 293dcba3 9c0c5732',
    ],
  ])('SM3: %s', (_, text, digest) => {
    expect(createHash('sm3').update(text).digest()).toEqual(hex(digest));
  });

  const key = hex('01234567 89abcdef fedcba98 76543210');

  test('SM4: GB/T 32907-2016 A.1, the block that counter mode enciphers', () => {
    const cipher = createCipheriv('sm4-ctr', key, key);
    expect(cipher.update(Buffer.alloc(16))).toEqual(hex('681edf34 d206965e 86b3e94f 536e4246'));
  });

  test('SM4: GB/T 32907-2016 A.2, a block enciphered a million times', () => {
    let block: Buffer = key;
    // In CBC with zeros as text, each block is the encipherment of the one before.
    const cipher = createCipheriv('sm4-cbc', key, block).setAutoPadding(false);
    const zeros = Buffer.alloc(160_000);
    for (let times = 0; times < 1_000_000; times += 10_000) block = cipher.update(zeros).subarray(-16);
    expect(block).toEqual(hex('595298c7 c6fd271f 0402f804 c33d3f66'));
  });

  test('SM4 in counter mode: draft-ribose-cfrg-sm4, A.2.5.1', () => {
    const iv = hex('00010203 04050607 08090a0b 0c0d0e0f');
    const text = hex(['aa', 'bb', 'cc', 'dd', 'ee', 'ff', 'aa', 'bb'].map((byte) => byte.repeat(8)).join(''));
    expect(createCipheriv('sm4-ctr', key, iv).update(text)).toEqual(
      hex(
        `ac3236cb 970cc207 91364c39 5a1342d1 a3cbc187 8c6f30cd 074cce38 5cdd70c7
        f234bc0e 24c11980 fd128631 0ce37b92 6e02fcd0 faa0baf3 8b293385 1d824514`.replaceAll('\n', ''),
      ),
    );
  });

  test('HMAC-SM3: GB/T 15852.2, as made from SM3 by its definition', () => {
    const sm3 = (...parts: Buffer[]) => createHash('sm3').update(Buffer.concat(parts)).digest();
    const secret = Buffer.alloc(32, 7);
    const padded = Buffer.concat([secret, Buffer.alloc(32)]);
    const xored = (with_: number) => Buffer.from(padded.map((byte) => byte ^ with_));
    const expected = sm3(xored(0x5c), sm3(xored(0x36), Buffer.from('text')));
    expect(createHmac('sm3', secret).update('text').digest()).toEqual(expected);
    expect(keyedHash('sm', createSecretKey(secret), 'text')).toBe(expected.toString('base64url'));
  });
});
