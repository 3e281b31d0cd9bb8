import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { Fault } from '@openbeian/model/fault';
import { type ConsoleLook, type LookFile, lookPath } from '../http/console-look.ts';
import type { Config } from './config.ts';
import { styleOf } from './look-colours.ts';

type Look = Config['look'];

/**
 * Reads the provider's pictures; null where nothing of the look is the provider's own.
 * @throws Fault `config.invalid` that names the setting and what is wrong with its file
 */
export async function readLook({
  title,
  logoFile,
  darkLogoFile,
  faviconFile,
  primaryColour,
}: Look): Promise<ConsoleLook | null> {
  const logo = logoFile === null ? null : await readPicture('look.logoFile', logoFile);
  const darkLogo = darkLogoFile === null ? null : await readPicture('look.darkLogoFile', darkLogoFile);
  const favicon = faviconFile === null ? null : await readPicture('look.faviconFile', faviconFile);
  const pictures = [logo, darkLogo, favicon];
  if (title === null && primaryColour === null && pictures.every((picture) => picture === null)) return null;
  return { title, logo, darkLogo, favicon, style: primaryColour === null ? null : styleOf(primaryColour) };
}

/** What everybody may know of it, in the answer of `getDeployment`. */
export function publicLook({ title, ...look }: Look, read: ConsoleLook | null) {
  const { footerLinks, terms, privacy, support } = look;
  return {
    title: title ?? { zh: 'OpenBeian', en: 'OpenBeian' },
    logo: read?.logo?.path ?? null,
    links: footerLinks.map(({ zh, en, url }) => ({ text: { zh, en }, url })),
    terms: legalOf(terms),
    privacy: legalOf(privacy),
    support: support && { text: { zh: support.zh, en: support.en }, url: support.url },
  };
}

function legalOf(legal: Look['terms']) {
  if (legal === null) return null;
  return 'url' in legal ? { url: legal.url, text: null } : { url: null, text: legal };
}

const mostBytes = { 'image/svg+xml': 100_000, 'image/png': 300_000 } as const;
const pngStart = Buffer.from('89504e470d0a1a0a', 'hex');

async function readPicture(setting: string, file: string): Promise<LookFile> {
  const refuse = (expected: string, expectedZh: string, cause?: unknown): never => {
    throw new Fault('config.invalid', { places: [{ path: setting, expected, expectedZh }], cause });
  };
  try {
    // Not read where it cannot be right: it may be anything.
    const { size } = await stat(file);
    if (size > mostBytes['image/png'])
      refuse(`a file of at most 300 KB (${file}: ${size} bytes)`, `文件不应超过 300 KB（${file}：${size} 字节）`);
  } catch (error) {
    if (error instanceof Fault) throw error;
    // What the file system throws has a code.
    const why = `${file}: ${(error as NodeJS.ErrnoException).code}`;
    refuse(`a file that can be read (${why})`, `应为可读取的文件（${why}）`, error);
  }
  const content = await readFile(file);
  const type = content.subarray(0, 8).equals(pngStart) ? 'image/png' : 'image/svg+xml';
  if (type === 'image/svg+xml' && !isSvg(content))
    refuse(`an SVG or PNG picture (${file})`, `应为 SVG 或 PNG 图片（${file}）`);
  if (content.length > mostBytes[type])
    refuse(
      `an SVG of at most 100 KB (${file}: ${content.length} bytes)`,
      `SVG 不应超过 100 KB（${file}：${content.length} 字节）`,
    );
  if (type === 'image/png' && !hasFittingSides(content))
    refuse(`a PNG of 32 to 2048 pixels each way (${file})`, `PNG 的边长应为 32–2048 像素（${file}）`);
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 16);
  return { path: `${lookPath}${hash}.${type === 'image/png' ? 'png' : 'svg'}`, type, content };
}

/** Its root is `svg`, after nothing but declarations and comments, and it is UTF-8. */
function isSvg(content: Buffer): boolean {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(content);
    return /^(?:\s|<\?[^>]*\?>|<!--[\s\S]*?-->|<!DOCTYPE[^>[]*>)*<svg[\s>]/.test(text);
  } catch {
    return false;
  }
}

/** Width and height are the first of a PNG's header. */
function hasFittingSides(content: Buffer): boolean {
  if (content.length < 24) return false;
  return [content.readUInt32BE(16), content.readUInt32BE(20)].every((side) => side >= 32 && side <= 2048);
}
