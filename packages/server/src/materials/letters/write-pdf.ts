import { fileURLToPath } from 'node:url';
import type { LetterDocument } from '@openbeian/model/materials';
import Pdf from 'pdfkit';

/** The whole of Noto Sans SC, of which a letter carries the signs that it uses (SIL Open Font License). */
const fontFile = fileURLToPath(
  import.meta.resolve('@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf'),
);
/** Printed where the font has no sign. */
const gap = '〓';
/** In points. */
const [margin, bodySize, smallSize] = [64, 11.5, 9];

/** One A4 page or more. The same letter always gives the same text; dates are the letter's own. */
export async function writePdf(letter: LetterDocument): Promise<{ readonly pdf: Uint8Array }> {
  const document = new Pdf({
    size: 'A4',
    margin,
    info: { Title: letter.title, CreationDate: new Date(`${letter.writtenOn}T00:00:00+08:00`) },
  });
  const chunks: Buffer[] = [];
  document.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise<void>((resolve, reject) => {
    document.on('end', resolve);
    document.on('error', reject);
  });
  document.font(fontFile);
  const missing = new Set<string>();
  const signs = signsOf(document, missing);
  document.fontSize(18).text(signs(letter.title), { align: 'center' }).moveDown(1.2);
  document.fontSize(bodySize).text(signs(letter.to)).moveDown(0.6);
  for (const [label, value] of letter.facts) document.text(signs(`${label}：${value}`)).moveDown(0.25);
  document.moveDown(0.5);
  for (const paragraph of letter.paragraphs) document.text(signs(`　　${paragraph}`), { lineGap: 4 }).moveDown(0.5);
  document.moveDown(1.2);
  for (const signature of letter.signatures)
    document.text(signs(`${signature}：＿＿＿＿＿＿＿＿＿＿＿＿`)).moveDown(1.1);
  document.text(signs(`日期：${dayText(letter.writtenOn)}`)).moveDown(1);
  document.fontSize(smallSize).fillColor('#555555');
  for (const footnote of letter.footnotes) document.text(signs(footnote)).moveDown(0.2);
  if (missing.size > 0) {
    const named = Array.from(missing, (sign) => `U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase()}`);
    document.text(`“${gap}”处的字不在字库中（${named.join('、')}），请手写。`);
  }
  document.end();
  await ended;
  return { pdf: Buffer.concat(chunks) };
}

const dayText = (day: string): string => {
  const [year, month, date] = day.split('-').map(Number);
  return `${year} 年 ${month} 月 ${date} 日`;
};

/** The part of a font of fontkit that is used; the library's own types leave it out. */
interface Glyphs {
  hasGlyphForCodePoint(codePoint: number): boolean;
}

/** Texts in signs that the font has: rare characters of names are left open and noted, never shown as boxes. */
function signsOf(document: PDFKit.PDFDocument, missing: Set<string>): (text: string) => string {
  // pdfkit keeps the font that is in use here.
  const { font } = (document as unknown as { readonly _font: { readonly font: Glyphs } })._font;
  return (text) =>
    Array.from(text, (sign) => {
      const codePoint = sign.codePointAt(0) ?? 0;
      if (codePoint < 0x20 || font.hasGlyphForCodePoint(codePoint)) return sign;
      missing.add(sign);
      return gap;
    }).join('');
}
