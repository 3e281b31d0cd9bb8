import { type CipherKey, isCipherKey } from '@openbeian/authority-wire/v3';
import { provinces } from '@openbeian/model/province';
import { z } from 'zod';

const provinceCode = z.enum(provinces.map(({ code }) => code));

/** A provider as the authority has admitted it to interface V3.0. */
export const interfaceUnitShape = z.strictObject({
  /** Its number with the authority. */
  ispId: z.int().min(1),
  /** Its id on the plain wire and in records. */
  provider: z.string().min(1).max(64),
  name: z.string().min(1).max(255),
  userName: z.string().min(1).max(255),
  password: z.string().min(1).max(255),
  /** Key and IV, 16 ASCII characters each; null: what is sent to it is not encrypted, and encrypted uploads cannot be opened. */
  cipher: z
    .strictObject({ key: z.string(), iv: z.string() })
    .refine((cipher) => isCipherKey(cipher), {
      params: { zh: '密钥和向量应各为 16 个 ASCII 字符', en: 'expected a key and an IV of 16 ASCII characters each' },
    })
    .nullable(),
  /** Provinces that have admitted it; null: all. */
  provinces: z.array(provinceCode).min(1).nullable(),
});

export interface InterfaceUnit {
  readonly ispId: number;
  readonly provider: string;
  readonly name: string;
  readonly userName: string;
  readonly password: string;
  readonly cipher: CipherKey | null;
  readonly provinces: readonly string[] | null;
}

/** Known to everybody, as fits a simulator that listens on loopback alone. */
export const defaultInterfaceUnit: InterfaceUnit = {
  ispId: 9001,
  provider: 'xingyun',
  name: '星云示例云',
  userName: 'xingyun',
  password: 'openbeian-simulator',
  cipher: { key: '0123456789abcdef', iv: '0102030405060708' },
  provinces: null,
};

/** Providers that are no unit get numbers beyond these, each its own. */
export function unitOf(units: readonly InterfaceUnit[], provider: string): number {
  const own = units.find((unit) => unit.provider === provider);
  if (own !== undefined) return own.ispId;
  return 900_000 + [...provider].reduce((sum, character) => (sum * 31 + (character.codePointAt(0) ?? 0)) % 90_000, 7);
}
