/**
 * The one-character names of the 31 provinces as the authorities print them, with the first two digits of the
 * divisions (GB/T 2260) there. Hong Kong, Macau and Taiwan have no ICP filing.
 * Filing numbers (备案) always use the letter before the slash; licences and public-security numbers are also
 * printed with the everyday short name behind it: 川B2-… but 蜀ICP备… (docs/sources.md `STANDARDS`, §3.1).
 * Which of the two a licence bears differs by bureau (川B2, but 黔B2 and 滇B2), so both pass there.
 */
const provinces =
  '京11 津12 冀13 晋14 蒙15 辽21 吉22 黑23 沪31 苏32 浙33 皖34 闽35 赣36 鲁37 豫41 鄂42 湘43 粤44 桂45 琼46 ' +
  '渝50 蜀/川51 黔/贵52 滇/云53 藏54 陕61 陇/甘62 青63 宁64 新65';

const filingDivisions = new Map<string, string>();
const everydayDivisions = new Map<string, string>();
const everydayToFiling = new Map<string, string>([['秦', '陕']]);

for (const entry of provinces.split(' ')) {
  const division = entry.slice(-2);
  const [letter = '', everyday] = entry.slice(0, -2).split('/');
  filingDivisions.set(letter, division);
  if (everyday) {
    everydayDivisions.set(everyday, division);
    everydayToFiling.set(everyday, letter);
  }
}

/** The 31 letters of filing numbers, in the order of GB/T 2260. */
export const provinceLetters: readonly string[] = [...filingDivisions.keys()];

/** True for a letter that a filing number (ICP备) may start with. */
export function isFilingLetter(letter: string): boolean {
  return filingDivisions.has(letter);
}

/** The two leading division digits of a letter of a licence or public-security number; undefined for any other. */
export function divisionOf(letter: string): string | undefined {
  return filingDivisions.get(letter) ?? everydayDivisions.get(letter);
}

/** What a filing number bears where somebody wrote the everyday short name: 甘 → 陇. */
export function filingLetterFor(letter: string): string | undefined {
  return everydayToFiling.get(letter);
}
