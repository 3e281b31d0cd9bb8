/** Full-width letters, digits and signs as their ASCII ones, and every space as one. */
export const halfWidth = (text: string): string =>
  text
    .replace(/[\uff01-\uff5e]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
    .replace(/[\u3000\u00a0]/g, ' ');

/**
 * A phone number as people paste it: full-width digits, spaces, dashes of all kinds, `+86`. A landline keeps its one hyphen
 * after the area code; what is no phone number stays as it was typed, for the rule to say so.
 */
export function normalPhone(text: string): string {
  const ascii = halfWidth(text)
    .replace(/[\u2010-\u2015\u2212\uff0d]/g, '-')
    .replace(/[\u200b-\u200f\u202a-\u202e\u2060\ufeff]/g, '')
    .trim();
  const bare = ascii.replace(/^[(\s]*(?:\+|00)86[)\s-]*/, '').replace(/^86[\s-]*(?=1(?:[\s-]*\d){10}$)/, '');
  const digits = bare.replace(/[\s-]/g, '');
  if (/^1\d{10}$/.test(digits) || /^400\d{7}$/.test(digits)) return digits;
  const landline =
    /^\(?(0(?:10|2\d|[3-9]\d{2}))\)?[\s-]*(\d{3,4}[\s-]?\d{4})(?:[\s-]*(?:转|x|ext\.?|-)\s*(\d{1,6}))?$/i.exec(bare);
  if (landline === null) return /^[\d\s]+$/.test(bare) ? digits : bare;
  const [, area, number = '', extension] = landline;
  return `${area}-${number.replace(/[\s-]/g, '')}${extension === undefined ? '' : `-${extension}`}`;
}

/** An id, a code, a number of a certificate, an address of mail: half-width, with nothing that is not seen or only divides it. */
export const compact = (text: string): string =>
  halfWidth(text).replace(/[\s\u200b-\u200f\u202a-\u202e\u2060\ufeff]/g, '');
