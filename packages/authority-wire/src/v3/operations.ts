import { Fault, invalidInput, parseSafely } from '@openbeian/model/fault';
import { z } from 'zod';
import { findUncarriable } from './package/characters.ts';
import { makeRandVal, md5Algorithm, passwordHash } from './package/hashes.ts';
import type { PackedDocument } from './package/pack.ts';

/** Where each service lies below a province's address; its WSDL is there with `?wsdl`. */
export const servicePaths = {
  upDownLoad: '/ISPWebService/upDownLoad',
  queryBeianStatus: '/BeianStatusWebService/queryBeianStatus',
  verifyBamm: '/BeianStatusWebService/verifyBamm',
} as const;

const carried = z
  .string()
  .min(1)
  .max(255)
  .refine((text) => findUncarriable(text).length === 0, {
    params: { zh: '应为 GBK 可表示的文本', en: 'expected text that GBK can carry' },
  });
const base64Md5 = z.string().regex(/^[A-Za-z\d+/]{22}==$/);
/** Four bytes, from 1. */
const sequenceNumber = z.int().min(1).max(2_147_483_647);

/** The first parameters of every operation: who calls. */
const caller = {
  ispId: z.int().min(1),
  userName: carried,
  randVal: z.string().regex(/^[\dA-Za-z]{20}$/),
  pwdHash: base64Md5,
} as const;
const hashAlgorithm = z.literal(md5Algorithm);

/** The six operations of interface V3.0, with their parameters in the order of the interface. */
export const operations = {
  isp_upload: {
    service: 'upDownLoad',
    shape: z.strictObject({
      ...caller,
      beianInfo: z.string().min(1),
      beianInfoHash: base64Md5,
      dataSequence: sequenceNumber,
      encryptAlgorithm: z.literal([0, 1]),
      hashAlgorithm,
      compressionFormat: z.literal(0),
    }),
  },
  isp_download: { service: 'upDownLoad', shape: z.strictObject({ ...caller, hashAlgorithm }) },
  isp_downloadack: {
    service: 'upDownLoad',
    shape: z.strictObject({ ...caller, hashAlgorithm, fileName: carried }),
  },
  isp_querypreviousupload: { service: 'upDownLoad', shape: z.strictObject({ ...caller, hashAlgorithm }) },
  isp_querybeianstatus: {
    service: 'queryBeianStatus',
    shape: z.strictObject({
      ...caller,
      hashAlgorithm,
      queryConditionType: z.int().min(0).max(98),
      queryCondition: carried.min(4),
    }),
  },
  isp_verifybamm: {
    service: 'verifyBamm',
    shape: z.strictObject({ ...caller, hashAlgorithm, baxh: carried, bamm: carried }),
  },
} as const satisfies Record<string, { readonly service: keyof typeof servicePaths; readonly shape: z.ZodObject }>;

export type Operation = keyof typeof operations;

/** What `isp_querybeianstatus` asks by (`Cxtjlx`): a domain name, or a certificate of one of eleven kinds. */
export const queryConditions = {
  domain_name: 0,
  business_licence: 1,
  resident_id: 2,
  institution_code: 3,
  institution_certificate: 4,
  military_code: 5,
  association_certificate: 6,
  passport: 7,
  officer_id: 8,
  government_code: 9,
  association_code: 10,
  taiwan_permit: 11,
} as const;

/** As the province issued them. */
export interface Credentials {
  readonly ispId: number;
  readonly userName: string;
  readonly password: string;
}

export interface Call {
  readonly operation: Operation;
  /** Name and value of each parameter, in the order of the interface. */
  readonly parameters: readonly (readonly [name: string, value: string | number])[];
}

/** What an operation takes besides who calls and the hash. */
type Own<O extends Operation> = Omit<
  z.input<(typeof operations)[O]['shape']>,
  keyof typeof caller | 'hashAlgorithm' | keyof PackedDocument
>;

/**
 * One call of an operation, with a `randVal` and a `pwdHash` of its own.
 * @param packed the package of an upload, otherwise null
 * @param randomBelow a random whole number from 0 to below what it is given, from a secure source
 * @throws Fault `authority.not_sendable` with the parameters that are wrong; never with the password
 */
export function makeCall<O extends Operation>(
  operation: O,
  credentials: Credentials,
  own: Own<O>,
  { packed, randomBelow }: { packed: PackedDocument | null; randomBelow: (limit: number) => number },
): Call {
  const { ispId, userName, password } = credentials;
  if (password === '' || findUncarriable(password).length > 0) throw badPassword();
  const randVal = makeRandVal(randomBelow);
  const { shape } = operations[operation];
  const given: Record<string, unknown> = {
    ispId,
    userName,
    randVal,
    pwdHash: passwordHash(password, randVal),
    hashAlgorithm: md5Algorithm,
    ...packedParameters(packed),
    ...own,
  };
  const parsed = parseSafely<z.ZodObject>(shape, given);
  if (!parsed.success) {
    const { extras } = invalidInput(parsed.error, [operation]);
    throw new Fault('authority.not_sendable', extras);
  }
  // The shape has let texts and numbers pass only.
  const values = parsed.data as Record<string, string | number>;
  return { operation, parameters: Object.keys(shape.shape).map((name) => [name, values[name] ?? ''] as const) };
}

function packedParameters(packed: PackedDocument | null): Partial<PackedDocument> {
  if (packed === null) return {};
  const { beianInfo, beianInfoHash, encryptAlgorithm, compressionFormat } = packed;
  return { beianInfo, beianInfoHash, encryptAlgorithm, compressionFormat };
}

function badPassword(): Fault {
  const expected = 'expected a password that GBK can carry';
  return new Fault('authority.not_sendable', {
    places: [{ path: 'password', expected, expectedZh: '应为 GBK 可表示的口令' }],
  });
}
