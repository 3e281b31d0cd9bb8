import {
  createHash,
  createPrivateKey,
  createPublicKey,
  createSign,
  createVerify,
  generateKeyPairSync,
} from 'node:crypto';
import { expect, test } from 'vitest';
import { createSm2Verifier, isSm2Key, type Sm2Platform, signatureOfDer, sm2Text } from './sm2.ts';

const platform: Sm2Platform = {
  sm3: (bytes) => createHash('sm3').update(bytes).digest(),
  verify(spki, text, signature) {
    const key = createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' });
    return createVerify('sm3').update(text).verify(key, signature);
  },
};
const hex = (...words: string[]) => Buffer.from(words.join('').replaceAll(' ', ''), 'hex');

/** GB/T 32918.5-2017, A.2. */
const key = hex(
  '3059301306072a8648ce3d020106082a811ccf5501822d03420004',
  '09f9df31 1e5421a1 50dd7d16 1e4bc5c6 72179fad 1833fc07 6bb08ff3 56f35020',
  'ccea490c e26775a5 2dc6ea71 8cc1aa60 0aed05fb f35e084a 6632f607 2da9ad13',
);
const signature = hex(
  'f5a03b06 48d2c463 0eeac513 e1bb81a1 5944da38 27d5b741 43ac7eac eee720b3',
  'b1b6aa29 df212fd8 763182bc 0d421ca1 bb9038fd 1f7f42d4 840b69c4 85bbc1aa',
);
const message = Buffer.from('message digest');

test('the example of the standard: its digest, its signature, and no other message or signature', () => {
  // e, what is signed.
  expect(
    createHash('sm3')
      .update(sm2Text(key, message, platform))
      .digest(),
  ).toEqual(hex('f0b43e94 ba45acca ace692ed 534382eb 17e6ab5a 19ce7b31 f4486fdf c0d28640'));
  const verify = createSm2Verifier(key, platform);
  expect(verify(message, signature)).toBe(true);
  expect(verify(Buffer.from('message digesu'), signature)).toBe(false);
  expect(verify(message, Buffer.from(signature).fill(7, 0, 1))).toBe(false);
  for (const length of [0, 63, 65]) expect(verify(message, Buffer.alloc(length))).toBe(false);
});

/** A signature as the platform gets it to verify. */
function derOf(signature: Uint8Array): Uint8Array {
  let given = new Uint8Array();
  const noting: Sm2Platform = { ...platform, verify: (_key, _text, der) => (given = Uint8Array.from(der)).length > 0 };
  createSm2Verifier(key, noting)(message, signature);
  return given;
}

test('signatures keep their 64 bytes through DER, however many zeros their parts begin with', () => {
  const parts = [1, 0x7f, 0x80, 0xff].flatMap((first) => [0, 1, 31].map((zeros) => [zeros, first] as const));
  for (const [zeros, first] of parts) {
    const one = Buffer.alloc(64, 9);
    one
      .fill(0, 0, zeros)
      .fill(first, zeros, zeros + 1)
      .fill(0, 32, 32 + zeros);
    expect(Buffer.from(signatureOfDer(derOf(one)))).toEqual(one);
  }
  for (const text of ['', '30', '3003020101', '0203010203'])
    expect(() => signatureOfDer(hex(text))).toThrow(RangeError);
});

test('what the platform signs with a key of its own is found right; keys of other kinds are told apart', () => {
  const pem = generateKeyPairSync('ec', {
    namedCurve: 'SM2',
    privateKeyEncoding: { format: 'pem', type: 'pkcs8' },
    publicKeyEncoding: { format: 'der', type: 'spki' },
  });
  expect(isSm2Key(pem.publicKey)).toBe(true);
  const own = createPrivateKey(pem.privateKey);
  const verify = createSm2Verifier(pem.publicKey, platform);
  for (let times = 0; times < 20; times += 1) {
    const made = signatureOfDer(
      createSign('sm3')
        .update(sm2Text(pem.publicKey, message, platform))
        .sign(own),
    );
    expect(verify(message, made)).toBe(true);
  }
  for (const [type, options] of [
    ['ed25519', {}],
    ['ec', { namedCurve: 'prime256v1' }],
  ] as const) {
    const { publicKey } = generateKeyPairSync(type as 'ec', options as { namedCurve: string });
    expect(isSm2Key(publicKey.export({ format: 'der', type: 'spki' }))).toBe(false);
  }
});

test('a platform that finds the example of the standard wrong is not believed', () => {
  expect(() => createSm2Verifier(key, { ...platform, verify: () => false })).toThrow('no SM2');
});
