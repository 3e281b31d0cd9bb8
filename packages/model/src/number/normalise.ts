// Dash-like signs beside Unicode's dash punctuation: minus, hyphen bullet, modifier minus, long-vowel mark, line drawings.
const dashes = /[\p{Dash_Punctuation}\u2212\u2043\u02d7\u30fc\u2500\u2501\u23af\u2796]/gu;
const invisible = /[\p{White_Space}\p{Default_Ignorable_Code_Point}]/gu;
/**
 * Traditional forms and variants by their simplified ones: of the letters of the 31 provinces, everyday ones included, and
 * of the words of a number. Letters that are not here are written the same in both.
 */
const simplified: Readonly<Record<string, string>> = {
  粵: '粤',
  滬: '沪',
  晉: '晋',
  遼: '辽',
  蘇: '苏',
  閩: '闽',
  贛: '赣',
  魯: '鲁',
  瓊: '琼',
  貴: '贵',
  雲: '云',
  陝: '陕',
  陜: '陕',
  隴: '陇',
  寧: '宁',
  寜: '宁',
  備: '备',
  號: '号',
  網: '网',
  證: '证',
  証: '证',
};
const traditional = new RegExp(`[${Object.keys(simplified).join('')}]`, 'gu');
const trailing = new Set(['.', '。', ',', ';']);

/**
 * Brings a typed filing number to the form the grammar reads, in the fixed order of docs/sources.md `STANDARDS`, §3.2:
 * NFKC, no white space or invisible characters, one kind of dash, simplified characters, upper case, no trailing stop.
 * The three steps after that (`NNNN-n号`, a missing 号, leading zeros of n) need the number's parts and live in the grammar.
 * Only Latin letters are raised: raising 'ı' or 'ſ' would let look-alikes through.
 */
export function normalise(text: string): string {
  return stripTrailing(normaliseSigns(text.normalize('NFKC').replace(invisible, '')));
}

/** The same for a number inside running text: white space stays, as single blanks, because it separates there. */
export function normaliseInText(text: string): string {
  const plain = text
    .normalize('NFKC')
    .replace(/\p{White_Space}+/gu, ' ')
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '');
  return normaliseSigns(plain);
}

function normaliseSigns(text: string): string {
  return text
    .replace(dashes, '-')
    .replace(traditional, (character) => simplified[character] ?? character)
    .replace(/[a-z]/g, (letter) => letter.toUpperCase());
}

// A loop, since /[.…]+$/ takes quadratic time on a long run of stops that does not end the line.
function stripTrailing(text: string): string {
  let end = text.length;
  while (end > 0 && trailing.has(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}
