import { type Answer, type DownloadToPack, packDownload } from '@openbeian/authority-wire/v3';
import { dayOf } from '@openbeian/model/calendar';
import { type LineState, lineOf, type MadeFile } from '../core/lines.ts';
import { seededNumber, seededShuffle } from '../core/seeded.ts';
import type { Line } from '../core/words.ts';
import { kindOf, mergeParts, partOf, type Result } from './compose.ts';
import type { InterfaceUnit } from './units.ts';
import { unitOf } from './units.ts';
import type { InterfaceWorld } from './world.ts';

type DownloadAnswer = Answer<'isp_download'>;

/** So many notices are in one file at most. */
const mostNotices = 500;

interface Caller {
  readonly unit: InterfaceUnit;
  readonly line: Line;
}

/**
 * `isp_download`: the oldest file that is not acknowledged, or a new one of what waits. The same file comes until it is acknowledged;
 * what waits behind it comes in the next.
 */
export async function giveDownload(world: InterfaceWorld, { unit, line }: Caller): Promise<DownloadAnswer> {
  const { core, mischief } = world;
  core.tick();
  const state = lineOf(core.state.lines, line);
  const file = fileToGive(world, state);
  if (file === null) return { msg_code: 2, msg: '没有可下载的数据' };
  const at = new Date(file.madeAt);
  const packed = await packDownload(file.document, { cipher: unit.cipher, at, fileName: file.fileName });
  const { beianInfo, beianInfoHash, ...algorithms } = packed;
  const isCut = mischief.plays('truncated_zip', line, file.fileName);
  const isWrong = mischief.plays('wrong_hash', line, file.fileName);
  const more = state.waiting.length > 0 || state.open.length > 1;
  return {
    msg_code: more ? 3 : 1,
    msg: more ? '还有数据未下载' : '数据已全部下载',
    fileInfos: {
      ...algorithms,
      return_FileName: `${file.fileName}.xml`,
      // Whole blocks of base64, so that what is missing is missing of the ZIP.
      beianInfo: isCut ? beianInfo.slice(0, Math.floor(beianInfo.length / 8) * 4) : beianInfo,
      beianInfoHash: isWrong ? wrongHash : beianInfoHash,
    },
  };
}

/** The MD5 of nothing. */
const wrongHash = '1B2M2Y8AsgTpgAmY7PhCfg==';

function fileToGive(world: InterfaceWorld, state: LineState): MadeFile | null {
  const { line } = state;
  const before = state.acknowledged.at(-1);
  if (before !== undefined && world.mischief.plays('delivered_twice', line, before.fileName)) return before;
  const [open] = state.open;
  if (open === undefined && state.waiting.length === 0) return null;
  if (world.mischief.plays('late', line)) return null;
  return open ?? makeFile(world, state);
}

function makeFile({ core, rules, units, mischief }: InterfaceWorld, state: LineState): MadeFile | null {
  const { line, fileCount } = state;
  const context = { state: core.state, rules, unitOf: (provider: string) => unitOf(units, provider) };
  const seed = fileCount + line.unit;
  const count = state.waiting.length;
  const isSplit = count > 1 && mischief.plays('results_split', line);
  const most = isSplit ? 1 + seededNumber(count - 1, seed, 'split') : mostNotices;
  const isMixed = count > 1 && mischief.plays('out_of_order', line);
  const order = isMixed ? seededShuffle(state.waiting, seed, 'order') : state.waiting;
  const made = order.slice(0, most).map((notice) => ({ notice, part: partOf(notice, context) }));
  const [first] = made;
  if (first === undefined) return null;
  // A document has one kind of data.
  const chosen = made.filter(({ part }) => kindOf(part) === kindOf(first.part));
  const document = disturb(mergeParts(chosen.map(({ part }) => part)), line, mischief);
  const stamp = dayOf(core.now()).replaceAll('-', '');
  const fileName = `${line.unit}${line.province}${stamp}${String(fileCount + 1).padStart(6, '0')}`;
  const messageIds = chosen.map(({ notice }) => notice.messageId);
  core.record([{ type: 'FileMade', line, fileName, document, messageIds }]);
  return state.open.find((file) => file.fileName === fileName) ?? null;
}

/** Results that mean nothing, before those that do. */
function disturb(document: DownloadToPack, line: Line, mischief: InterfaceWorld['mischief']): DownloadToPack {
  if (!('ICP' in document) || document.ICP?.BAJG?.Jg_xx === undefined) return document;
  const { Jg_xx } = document.ICP.BAJG;
  const [first] = Jg_xx;
  const more: Result[] = [];
  if (first !== undefined && mischief.plays('unknown_code', line, first.Bs ?? null)) {
    more.push({ ...first, Jgxx: [{ Jgdm: 4711, Dmms: '处理中' }] });
  }
  if (mischief.plays('foreign_result', line)) {
    more.push({ Jgxx: [{ Jgdm: 1001, Dmms: '管局审核通过' }], Czlx: 1, Bs: '987654321' });
  }
  return { ICP: { ...document.ICP, BAJG: { ...document.ICP.BAJG, Jg_xx: [...more, ...Jg_xx] } } };
}

/** Name of a file without its ending, as either may be acknowledged. */
export const bareName = (fileName: string): string => fileName.trim().replace(/\.(xml|zip)$/i, '');
