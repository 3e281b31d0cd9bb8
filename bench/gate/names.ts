/** Names as customers have them, made from their number: the same at every run, all different. */
const suffixes = ['cn', 'com', 'com.cn', 'net', 'cn', 'com', 'top', 'net.cn', 'com', 'org.cn'];
const syllables = [
  'yun',
  'shi',
  'da',
  'hua',
  'xin',
  'mei',
  'tong',
  'ke',
  'bei',
  'lan',
  'zhi',
  'hai',
  'feng',
  'li',
  'an',
  'qi',
];

/** The `number`-th name; numbers beyond those that were filed give names that are not. */
export function nameOf(number: number): string {
  let rest = number;
  let label = '';
  for (let part = 0; part < 2; part += 1) {
    label += syllables[rest & 15];
    rest >>>= 4;
  }
  return `${label}${rest.toString(36)}.${suffixes[number % suffixes.length]}`;
}

/** Hosts that are asked for: a third filed names, a third deep below filed names, a third not filed. */
export function askedHosts(filed: number, count: number): string[] {
  let state = 0x2545f491;
  const next = (below: number) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
  return Array.from({ length: count }, (_, place) => {
    if (place % 3 === 0) return nameOf(next(filed));
    if (place % 3 === 1) return `img${next(9)}.static.${nameOf(next(filed))}`;
    return `www.${nameOf(filed + next(filed))}`;
  });
}
