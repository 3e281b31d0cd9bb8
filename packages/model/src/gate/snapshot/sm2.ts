/*
 * Signatures by SM2 (GB/T 32918.2) on the curve of GB/T 32918.5, with SM3 and the identity that GM/T 0009 gives to everybody: what
 * is independent of the platform. A signature is r and s, 32 bytes each.
 */

/** What the platform has. Texts are what is hashed: the identity's SM3, then the message. */
export interface Sm2Platform {
  sm3(bytes: Uint8Array): Uint8Array;
  /** Over the SM3 of a text. @param spki the public key, DER @param signature DER */
  verify(spki: Uint8Array, text: Uint8Array, signature: Uint8Array): boolean;
}

const sm2SignatureLength = 64;

const spkiPrefix = bytesOf('3059301306072a8648ce3d020106082a811ccf5501822d03420004');
const identity = new TextEncoder().encode('1234567812345678');
/** a, b and the generator of the curve (GB/T 32918.5, 2). */
const curve = bytesOf(
  'fffffffeffffffffffffffffffffffffffffffff00000000fffffffffffffffc' +
    '28e9fa9e9d9f5e344d5a9e4bcf6509a7f39789f515ab8f92ddbcbd414d940e93' +
    '32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7' +
    'bc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0',
);

/** Is this the public key of an SM2 key? @param spki DER */
export function isSm2Key(spki: Uint8Array): boolean {
  return spki.length === spkiPrefix.length + 64 && spkiPrefix.every((byte, at) => spki[at] === byte);
}

/** What is hashed for a message under a key: SM3 over the identity, the curve and the key (GB/T 32918.2, 5.5), then the message. */
export function sm2Text(spki: Uint8Array, message: Uint8Array, { sm3 }: Pick<Sm2Platform, 'sm3'>): Uint8Array {
  const bits = identity.length * 8;
  const length = Uint8Array.of(bits >> 8, bits & 0xff);
  return joined(sm3(joined(length, identity, curve, spki.subarray(spkiPrefix.length))), message);
}

/** A signature of 64 bytes as platforms take it. @throws RangeError where it has another length */
function derOfSignature(signature: Uint8Array): Uint8Array {
  if (signature.length !== sm2SignatureLength) throw new RangeError('expected r and s of 32 bytes each');
  const content = joined(derInteger(signature.subarray(0, 32)), derInteger(signature.subarray(32)));
  return joined(Uint8Array.of(0x30, content.length), content);
}

/** r and s of a signature in DER. @throws RangeError where it is none */
export function signatureOfDer(der: Uint8Array): Uint8Array {
  const signature = new Uint8Array(sm2SignatureLength);
  let at = 2;
  for (const end of [32, 64]) {
    const length = der[at + 1] ?? 0;
    const integer = der.subarray(at + 2, at + 2 + length);
    const digits = integer[0] === 0 ? integer.subarray(1) : integer;
    if (der[at] !== 0x02 || integer.length !== length || digits.length > 32)
      throw new RangeError('expected two integers');
    signature.set(digits, end - digits.length);
    at += 2 + length;
  }
  return signature;
}

/** The example of GB/T 32918.5 (A.2), which a platform must find right before it is believed. */
const example = {
  key: joined(
    spkiPrefix,
    bytesOf('09f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020'),
    bytesOf('ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13'),
  ),
  message: new TextEncoder().encode('message digest'),
  signature: bytesOf(
    'f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3' +
      'b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa',
  ),
};

/**
 * Checks signatures by one key.
 * @param spki the public key, DER
 * @throws RangeError where the platform does not find the standard's own example right
 */
export function createSm2Verifier(
  spki: Uint8Array,
  platform: Sm2Platform,
): (message: Uint8Array, signature: Uint8Array) => boolean {
  const verify = (key: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean =>
    signature.length === sm2SignatureLength &&
    platform.verify(key, sm2Text(key, message, platform), derOfSignature(signature));
  if (!verify(example.key, example.message, example.signature)) throw new RangeError('no SM2 on this platform');
  return (message, signature) => verify(spki, message, signature);
}

/** The shortest form: no leading zeros but one that keeps it positive. */
function derInteger(digits: Uint8Array): Uint8Array {
  const first = digits.findIndex((byte) => byte !== 0);
  const short = first === -1 ? digits.subarray(-1) : digits.subarray(first);
  const content = (short[0] ?? 0) >= 0x80 ? joined(Uint8Array.of(0), short) : short;
  return joined(Uint8Array.of(0x02, content.length), content);
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

function bytesOf(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));
}
