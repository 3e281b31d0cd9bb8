import { creditCheckCharacter, organisationCheck, residentIdCheckDigit } from '../forms/identifiers.ts';

/**
 * Fictional people and companies from a seed, with valid checksums, for samples, the demo and tests. The division
 * `1199` does not exist, so no identity number or credit code made here can belong to anybody.
 */
export interface FictionalPerson {
  readonly name: string;
  readonly residentId: string;
  readonly mobile: string;
  readonly emergencyMobile: string;
  readonly email: string;
  readonly address: string;
}

export interface FictionalCompany {
  readonly name: string;
  readonly creditCode: string;
  readonly address: string;
}

const surnames = [...'赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨'];
const givenNames = ['星河', '云帆', '晓舟', '明川', '若溪', '知远', '景行', '清和', '望舒', '听澜'];
const companyWords = ['星河', '云帆', '北辰', '青禾', '远山', '知行', '澄海', '长风'];

const digits = (value: number, length: number): string => String(value % 10 ** length).padStart(length, '0');

/**
 * The person of a seed: the same seed always gives the same one. `seed` is a whole number from 0; `region` the first two digits of
 * a province, whose division 99 does not exist either.
 */
export function fictionalPerson(seed: number, region = '11'): FictionalPerson {
  const surname = surnames[seed % surnames.length] ?? '赵';
  const given = givenNames[seed % givenNames.length] ?? '星河';
  const year = 1970 + (seed % 30);
  const body = `${region}99${digits(seed, 2)}${year}${digits((seed % 12) + 1, 2)}${digits((seed % 28) + 1, 2)}${digits(seed, 3)}`;
  return {
    name: `${surname}${given}`,
    residentId: `${body}${residentIdCheckDigit(body)}`,
    mobile: `1990000${digits(seed * 2, 4)}`,
    emergencyMobile: `1990000${digits(seed * 2 + 1, 4)}`,
    email: `person${seed}@example.cn`,
    address: `示例省示例市星河路${(seed % 200) + 1}号${(seed % 30) + 1}室`,
  };
}

/** The unified social credit code of a seed; `kind` is its first two characters, `91` for companies. */
export function fictionalCreditCode(seed: number, kind = '91'): string {
  const organisation = digits(90_000_000 + seed, 8);
  const body = `${kind}119900${organisation}${organisationCheck(organisation)}`;
  return `${body}${creditCheckCharacter(body)}`;
}

/** The company of a seed. */
export function fictionalCompany(seed: number): FictionalCompany {
  const word = companyWords[seed % companyWords.length] ?? '星河';
  return {
    name: `示例${word}科技有限公司${seed >= companyWords.length ? `第${seed}分部` : ''}`,
    creditCode: fictionalCreditCode(seed),
    address: `示例省示例市长风大道${(seed % 300) + 1}号`,
  };
}
