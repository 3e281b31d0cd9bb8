import type { Finding } from '../forms/index.ts';
import type { MaterialRules } from './material-rules.ts';
import type { PictureKind } from './material-table.ts';

/** What was measured of a picture that could be decoded. */
export interface PictureFacts {
  readonly mediaType: 'image/jpeg' | 'image/png';
  readonly bytes: number;
  /** In pixels, as it is looked at (turned as EXIF says). */
  readonly width: number;
  readonly height: number;
  readonly isCmyk: boolean;
  /** EXIF names a camera. */
  readonly isFromCamera: boolean;
  /** Of the grey picture at 1024 pixels of its longer side: standard deviation of a Laplacian; mean and deviation of light, 0 to 255. */
  readonly sharpness: number;
  readonly light: number;
  readonly contrast: number;
  /** Share of the pixels that have the commonest colour exactly. */
  readonly flatShare: number;
}

/** Why a file could not be looked at as a picture. */
export type PictureDefect =
  /** `found`: the type that its bytes say, or null. */
  | { readonly defect: 'not_a_picture'; readonly found: string | null }
  | { readonly defect: 'animated' }
  | { readonly defect: 'broken' }
  /** Not opened within the time and memory that one picture has. */
  | { readonly defect: 'too_heavy' }
  | { readonly defect: 'too_many_pixels'; readonly width: number; readonly height: number }
  | { readonly defect: 'no_small_copy' }
  /** `name`: what the scanner calls it. */
  | { readonly defect: 'infected'; readonly name: string };

interface Text {
  readonly zh: string;
  readonly en: string;
}

interface Place {
  readonly field: string;
  readonly rules: MaterialRules;
}

interface Evidence {
  readonly source: string;
  readonly asOf: string | null;
}

const finding = (
  field: string,
  [rule, from]: readonly [string, 'pre_check' | 'advice'],
  [message, remedy]: readonly [Text, Text],
  { source, asOf }: Evidence,
): Finding => ({ field, rule, message, remedy, source, from, ...(asOf !== null && { asOf }) });

const own: Evidence = { source: 'openbeian', asOf: null };
const photographAgain = {
  zh: '请在光线充足处重新拍摄或扫描，文字应清晰可读，四边完整。',
  en: 'Photograph or scan it again in good light: text readable, all edges visible.',
};
const saveAsPicture = {
  zh: '请上传 JPG 或 PNG 图片；PDF 请先打印签字后拍照或扫描，或导出为图片。',
  en: 'Upload a JPG or PNG. Of a PDF, photograph or scan the signed print, or export it as a picture.',
};

/** A file that is no usable picture. */
export function findDefect(what: PictureDefect, { field, rules }: Place): Finding {
  const error = (rule: string, texts: readonly [Text, Text], by: Evidence = own) =>
    finding(field, [rule, 'pre_check'], texts, by);
  switch (what.defect) {
    case 'not_a_picture':
      return error('material.type', [typeText(what.found), saveAsPicture], rules.upload.mostBytes);
    case 'animated':
      return error('material.animated', [
        { zh: '这是动态图片。', en: 'This is an animated picture.' },
        { zh: '请上传静态的 JPG 或 PNG 图片。', en: 'Upload a still JPG or PNG.' },
      ]);
    case 'broken':
      return error('material.broken', [
        { zh: '图片文件不完整或已损坏，无法打开。', en: 'The picture is incomplete or damaged and cannot be opened.' },
        { zh: '请重新导出或拍摄后上传。', en: 'Save or photograph it again, then upload it.' },
      ]);
    case 'too_heavy':
      return error('material.too_heavy', [
        {
          zh: '图片无法在限定的时间和内存内打开。',
          en: 'The picture cannot be opened within the time and memory that one has.',
        },
        { zh: '请缩小图片，或重新导出后上传。', en: 'Make it smaller or save it again, then upload it.' },
      ]);
    case 'too_many_pixels':
      return findTooManyPixels(what, { field, rules });
    case 'no_small_copy':
      return error(
        'material.no_small_copy',
        [
          {
            zh: '图片内容过于复杂，无法压缩到管局接受的大小。',
            en: 'The picture cannot be compressed to what the authority takes.',
          },
          photographAgain,
        ],
        rules.copy.ordinaryBytes,
      );
    case 'infected':
      return error('material.infected', [
        { zh: `病毒扫描拒绝了该文件（${what.name}）。`, en: `The virus scanner refuses this file (${what.name}).` },
        {
          zh: '请检查您的设备，重新拍摄或导出图片后上传。',
          en: 'Check your device, then photograph or export the picture again.',
        },
      ]);
  }
}

function findTooManyPixels(
  seen: { readonly width: number; readonly height: number },
  { field, rules }: Place,
): Finding {
  const { mostPixels } = rules.upload;
  const most = Math.floor(mostPixels.value / 1_000_000);
  const texts = [
    {
      zh: `图片为 ${seen.width} × ${seen.height} 像素，超过 ${most} 百万像素的上限。`,
      en: `The picture has ${seen.width} × ${seen.height} pixels; at most ${most} million are taken.`,
    },
    { zh: '请缩小图片后上传。', en: 'Make the picture smaller, then upload it.' },
  ] as const;
  return finding(field, ['material.too_many_pixels', 'pre_check'], texts, mostPixels);
}

function typeText(found: string | null): Text {
  if (found === null) return { zh: '无法识别该文件的类型。', en: 'The type of this file is not known.' };
  return {
    zh: `文件内容是 ${found}，不是 JPG 或 PNG 图片（与文件名无关）。`,
    en: `The file is ${found}, not a JPG or PNG, whatever its name says.`,
  };
}

/** Says that a file is larger than is taken; asked before it is uploaded. */
export function findTooLarge(bytes: number, { field, rules }: Place): Finding | null {
  const { mostBytes } = rules.upload;
  if (bytes <= mostBytes.value) return null;
  const inMb = (count: number) => (count / 1_048_576).toFixed(1);
  const texts = [
    {
      zh: `文件为 ${inMb(bytes)} MB，超过 ${inMb(mostBytes.value)} MB 的上限。`,
      en: `The file has ${inMb(bytes)} MB; at most ${inMb(mostBytes.value)} MB are taken.`,
    },
    { zh: '请缩小图片或降低拍摄分辨率后上传。', en: 'Make the picture smaller, or photograph at a lower resolution.' },
  ] as const;
  return finding(field, ['material.too_large', 'pre_check'], texts, mostBytes);
}

/** What there is to say about a decoded picture: errors, which refuse it, and advice. */
export function judgePicture(seen: PictureFacts, picture: PictureKind, { field, rules }: Place): Finding[] {
  const say = (rule: string, isError: boolean, texts: readonly [Text, Text], by: Evidence) =>
    finding(field, [rule, isError ? 'pre_check' : 'advice'], texts, by);
  const found: Finding[] = [];
  const size = rules.size[picture];
  const [short, long] = [Math.min(seen.width, seen.height), Math.max(seen.width, seen.height)];
  if (short < size.short || long < size.long) {
    const texts = [
      {
        zh: `图片为 ${seen.width} × ${seen.height} 像素，至少应为 ${size.long} × ${size.short}。`,
        en: `The picture has ${seen.width} × ${seen.height} pixels; ${size.long} × ${size.short} are the least.`,
      },
      { zh: '请上传原图，不要裁剪过小或使用缩略图。', en: 'Upload the original picture, not a thumbnail.' },
    ] as const;
    found.push(say('material.too_small', true, texts, size));
  }
  if (picture !== 'icon') found.push(...judgeReadable(seen, { field, rules }));
  const { screenshot } = rules;
  const isOnPaper = picture === 'paper' || picture === 'card';
  if (isOnPaper && !seen.isFromCamera && seen.flatShare > screenshot.warnAbove) {
    const texts = [
      {
        zh: '图片像是截图或由 PDF 导出，不是对原件的拍摄或扫描。',
        en: 'This looks like a screenshot or an exported PDF, not a photo or scan of the original.',
      },
      { zh: '如不是原件的拍摄或扫描，请重新上传。', en: 'If it is none of the original, upload one.' },
    ] as const;
    found.push(say('material.screenshot', false, texts, screenshot));
  }
  if (seen.isCmyk) {
    const texts = [
      {
        zh: '图片使用印刷色彩（CMYK），已转换。',
        en: 'The picture has colours for print (CMYK), which were converted.',
      },
      { zh: '请查看提交管局的图片，颜色应正常。', en: 'Look at the authority’s copy: its colours should be right.' },
    ] as const;
    found.push(say('material.cmyk', false, texts, own));
  }
  return found;
}

const blurred = { zh: '图片模糊。', en: 'The picture is blurred.' };
const dark = { zh: '图片过暗。', en: 'The picture is too dark.' };
const bright = { zh: '图片过亮，内容可能看不清。', en: 'The picture is overexposed.' };
const empty = { zh: '图片几乎没有内容。', en: 'There is almost nothing in the picture.' };

/** The worst of each kind; what is empty, dark or bright is not called blurred as well. */
function judgeReadable(seen: PictureFacts, { field, rules: { readable } }: Place): Finding[] {
  const { sharpness, darkest, brightest, contrast } = readable;
  const judged = [
    ['material.dark', dark, seen.light < darkest.refuseBelow, seen.light < darkest.warnBelow, darkest],
    ['material.bright', bright, seen.light > brightest.refuseAbove, seen.light > brightest.warnAbove, brightest],
    ['material.empty', empty, seen.contrast < contrast.refuseBelow, seen.contrast < contrast.warnBelow, contrast],
    [
      'material.blurred',
      blurred,
      seen.sharpness < sharpness.refuseBelow,
      seen.sharpness < sharpness.warnBelow,
      sharpness,
    ],
  ] as const;
  const found = judged.filter(([, , isRefused, isWarned]) => isRefused || isWarned);
  const worst = found.find(([, , isRefused]) => isRefused) ?? found[0];
  if (worst === undefined) return [];
  const [rule, message, isRefused, , by] = worst;
  return [finding(field, [rule, isRefused ? 'pre_check' : 'advice'], [message, photographAgain], by)];
}
