// First two digits of the division code (GB/T 2260) → the letter in filing numbers; 31 provinces (docs/sources.md `ISP-V3`).
// Sichuan, Guizhou, Yunnan and Gansu use 蜀 黔 滇 陇 here although licences print 川 贵 云 甘.
const letters: Readonly<Record<string, string>> = {
  '11': '京',
  '12': '津',
  '13': '冀',
  '14': '晋',
  '15': '蒙',
  '21': '辽',
  '22': '吉',
  '23': '黑',
  '31': '沪',
  '32': '苏',
  '33': '浙',
  '34': '皖',
  '35': '闽',
  '36': '赣',
  '37': '鲁',
  '41': '豫',
  '42': '鄂',
  '43': '湘',
  '44': '粤',
  '45': '桂',
  '46': '琼',
  '50': '渝',
  '51': '蜀',
  '52': '黔',
  '53': '滇',
  '54': '藏',
  '61': '陕',
  '62': '陇',
  '63': '青',
  '64': '宁',
  '65': '新',
};

/** The letter of a six-digit division code's province, e.g. 440300 → 粤; undefined where no authority answers to it. */
export function provinceLetter(divisionCode: string): string | undefined {
  return letters[divisionCode.slice(0, 2)];
}

/** All letters, for grammars. */
export const provinceLetters = Object.values(letters).join('');
