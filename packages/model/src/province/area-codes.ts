/**
 * Area codes of landlines by province, as their first digits (docs/sources.md `AREA-CODES`). A code that is listed for no province
 * says nothing.
 */
const areaCodes: Readonly<Record<string, string>> = {
  110000: '010',
  120000: '022',
  130000: '031 0335',
  140000: '035 0349',
  150000: '047 0482 0483',
  210000: '024 041 0421 0427 0429',
  220000: '043',
  230000: '045 0464 0467 0468 0469',
  310000: '021',
  320000: '025 051 0523 0527',
  330000: '057 0580',
  340000: '055 056',
  350000: '059',
  360000: '0701 079',
  370000: '053 0543 0546 063',
  410000: '037 039',
  420000: '027 071 0722 0724 0728',
  430000: '073 0743 0744 0745 0746',
  440000: '020 0660 0662 0663 0668 075 0762 0763 0766 0768 0769',
  450000: '077',
  460000: '0898',
  500000: '023',
  510000: '028 0812 0813 0816 0817 0818 0825 0826 0827 083',
  520000: '085',
  530000: '0691 0692 087 0883 0886 0887 0888',
  540000: '0891 0892 0893 0894 0895 0896 0897',
  610000: '029 091',
  620000: '093 0941 0943',
  630000: '097',
  640000: '095',
  650000: '090 099',
};

const prefixes = Object.entries(areaCodes).flatMap(([province, codes]) =>
  codes.split(' ').map((prefix) => ({ province, prefix })),
);

/** Is the area code of a landline of that province? Undefined for numbers without one, and for codes that nobody listed. */
export function isLocalLandline(phone: string, provinceCode: string): boolean | undefined {
  const area = /^(0\d{2,3})-/.exec(phone)?.[1];
  if (area === undefined) return undefined;
  const owners = prefixes.filter(({ prefix }) => area.startsWith(prefix));
  return owners.length === 0 ? undefined : owners.some(({ province }) => province === provinceCode);
}
