import type { BothTexts } from '../../language/dictionary.ts';

/** The mainland's provinces by their six-digit codes (GB/T 2260); each has an authority of its own. */
export const provinces: readonly (BothTexts & { readonly code: string })[] = [
  { code: '110000', zh: '北京', en: 'Beijing' },
  { code: '120000', zh: '天津', en: 'Tianjin' },
  { code: '130000', zh: '河北', en: 'Hebei' },
  { code: '140000', zh: '山西', en: 'Shanxi' },
  { code: '150000', zh: '内蒙古', en: 'Inner Mongolia' },
  { code: '210000', zh: '辽宁', en: 'Liaoning' },
  { code: '220000', zh: '吉林', en: 'Jilin' },
  { code: '230000', zh: '黑龙江', en: 'Heilongjiang' },
  { code: '310000', zh: '上海', en: 'Shanghai' },
  { code: '320000', zh: '江苏', en: 'Jiangsu' },
  { code: '330000', zh: '浙江', en: 'Zhejiang' },
  { code: '340000', zh: '安徽', en: 'Anhui' },
  { code: '350000', zh: '福建', en: 'Fujian' },
  { code: '360000', zh: '江西', en: 'Jiangxi' },
  { code: '370000', zh: '山东', en: 'Shandong' },
  { code: '410000', zh: '河南', en: 'Henan' },
  { code: '420000', zh: '湖北', en: 'Hubei' },
  { code: '430000', zh: '湖南', en: 'Hunan' },
  { code: '440000', zh: '广东', en: 'Guangdong' },
  { code: '450000', zh: '广西', en: 'Guangxi' },
  { code: '460000', zh: '海南', en: 'Hainan' },
  { code: '500000', zh: '重庆', en: 'Chongqing' },
  { code: '510000', zh: '四川', en: 'Sichuan' },
  { code: '520000', zh: '贵州', en: 'Guizhou' },
  { code: '530000', zh: '云南', en: 'Yunnan' },
  { code: '540000', zh: '西藏', en: 'Tibet' },
  { code: '610000', zh: '陕西', en: 'Shaanxi' },
  { code: '620000', zh: '甘肃', en: 'Gansu' },
  { code: '630000', zh: '青海', en: 'Qinghai' },
  { code: '640000', zh: '宁夏', en: 'Ningxia' },
  { code: '650000', zh: '新疆', en: 'Xinjiang' },
];

/** The province of a six-digit code, or null for one that is not in the list. */
export function findProvince(code: string): BothTexts | null {
  return provinces.find((province) => province.code === code) ?? null;
}
