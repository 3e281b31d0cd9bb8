export interface Province {
  /** Six digits (GB/T 2260). */
  readonly code: string;
  readonly zh: string;
  readonly en: string;
  /** The letter that filing numbers start with: 粤 in 粤ICP备2026000123号. */
  readonly letter: string;
  /** Another letter that licences and public-security numbers may bear: 川B2-… but 蜀ICP备…. */
  readonly everydayLetter?: string;
}

/**
 * The 31 provinces of the mainland in the order of GB/T 2260; each has an authority of its own. Hong Kong, Macau and
 * Taiwan have no ICP filing. Which letter a licence bears differs by bureau (川B2, but 黔B2 and 滇B2), so both are
 * listed (docs/sources.md `STANDARDS`, §3.1).
 */
export const provinces: readonly Province[] = [
  { code: '110000', zh: '北京', en: 'Beijing', letter: '京' },
  { code: '120000', zh: '天津', en: 'Tianjin', letter: '津' },
  { code: '130000', zh: '河北', en: 'Hebei', letter: '冀' },
  { code: '140000', zh: '山西', en: 'Shanxi', letter: '晋' },
  { code: '150000', zh: '内蒙古', en: 'Inner Mongolia', letter: '蒙' },
  { code: '210000', zh: '辽宁', en: 'Liaoning', letter: '辽' },
  { code: '220000', zh: '吉林', en: 'Jilin', letter: '吉' },
  { code: '230000', zh: '黑龙江', en: 'Heilongjiang', letter: '黑' },
  { code: '310000', zh: '上海', en: 'Shanghai', letter: '沪' },
  { code: '320000', zh: '江苏', en: 'Jiangsu', letter: '苏' },
  { code: '330000', zh: '浙江', en: 'Zhejiang', letter: '浙' },
  { code: '340000', zh: '安徽', en: 'Anhui', letter: '皖' },
  { code: '350000', zh: '福建', en: 'Fujian', letter: '闽' },
  { code: '360000', zh: '江西', en: 'Jiangxi', letter: '赣' },
  { code: '370000', zh: '山东', en: 'Shandong', letter: '鲁' },
  { code: '410000', zh: '河南', en: 'Henan', letter: '豫' },
  { code: '420000', zh: '湖北', en: 'Hubei', letter: '鄂' },
  { code: '430000', zh: '湖南', en: 'Hunan', letter: '湘' },
  { code: '440000', zh: '广东', en: 'Guangdong', letter: '粤' },
  { code: '450000', zh: '广西', en: 'Guangxi', letter: '桂' },
  { code: '460000', zh: '海南', en: 'Hainan', letter: '琼' },
  { code: '500000', zh: '重庆', en: 'Chongqing', letter: '渝' },
  { code: '510000', zh: '四川', en: 'Sichuan', letter: '蜀', everydayLetter: '川' },
  { code: '520000', zh: '贵州', en: 'Guizhou', letter: '黔', everydayLetter: '贵' },
  { code: '530000', zh: '云南', en: 'Yunnan', letter: '滇', everydayLetter: '云' },
  { code: '540000', zh: '西藏', en: 'Tibet', letter: '藏' },
  { code: '610000', zh: '陕西', en: 'Shaanxi', letter: '陕' },
  { code: '620000', zh: '甘肃', en: 'Gansu', letter: '陇', everydayLetter: '甘' },
  { code: '630000', zh: '青海', en: 'Qinghai', letter: '青' },
  { code: '640000', zh: '宁夏', en: 'Ningxia', letter: '宁' },
  { code: '650000', zh: '新疆', en: 'Xinjiang', letter: '新' },
];

/** The province of a six-digit code, or null for one that is not in the list. */
export function findProvince(code: string): Province | null {
  return provinces.find((province) => province.code === code) ?? null;
}

const municipalities = new Set(['110000', '120000', '310000', '500000']);
const regions: Readonly<Record<string, string>> = {
  '150000': '内蒙古自治区',
  '450000': '广西壮族自治区',
  '540000': '西藏自治区',
  '640000': '宁夏回族自治区',
  '650000': '新疆维吾尔自治区',
};

/** The whole name of a province in Chinese, as letters are addressed (GB/T 2260): 广东省, 北京市, 广西壮族自治区. */
export function wholeNameOf({ code, zh }: Pick<Province, 'code' | 'zh'>): string {
  return regions[code] ?? `${zh}${municipalities.has(code) ? '市' : '省'}`;
}
