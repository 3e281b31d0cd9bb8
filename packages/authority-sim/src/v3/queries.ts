import { createHash } from 'node:crypto';
import type { Answer } from '@openbeian/authority-wire/v3';
import { lineOf } from '../core/lines.ts';
import { findStatus } from '../core/status.ts';
import type { Line } from '../core/words.ts';
import { bareName } from './give-download.ts';
import { type Parameters, type Refused, refused } from './session.ts';
import type { InterfaceWorld } from './world.ts';

/** `isp_downloadack`. The same file again is no mistake: the answer may have been lost. */
export function acknowledge(
  { core, mischief }: InterfaceWorld,
  line: Line,
  parameters: Parameters,
): Answer<'isp_downloadack'> | Refused {
  const fileName = bareName(parameters.get('fileName') ?? '');
  if (fileName === '') return refused(21, '确认的文件名为空', 'acknowledged_nothing');
  const state = lineOf(core.state.lines, line);
  const isOpen = state.open.some((file) => file.fileName === fileName);
  if (!isOpen && !state.done.has(fileName)) {
    return refused(999, '没有该文件', 'acknowledged_unknown_file', fileName.slice(0, 128));
  }
  if (isOpen && !mischief.plays('acknowledgement_lost', line, fileName)) {
    core.record([{ type: 'FileAcknowledged', line, fileName }]);
  }
  return { msg_code: 0, msg: '操作成功' };
}

/** `isp_querypreviousupload`: number and package of the last upload; 0 where there was none. */
export function previousUpload({ core, packages }: InterfaceWorld, line: Line): Answer<'isp_querypreviousupload'> {
  const { lastSequence } = lineOf(core.state.lines, line);
  const packed = lastSequence === 0 ? null : packages.read(line, lastSequence);
  const empty = { hashAlgorithm: 0, compressionFormat: 0, encryptAlgorithm: 0, beianInfo: '', beianInfoHash: '' };
  return {
    msg_code: 0,
    msg: '操作成功',
    fileInfos: {
      ...(packed ?? empty),
      dataSequence: lastSequence,
      return_FileName: lastSequence === 0 ? '' : `upload${lastSequence}.xml`,
    },
  };
}

const domainName = 0;
const lastCondition = 11;

/** `isp_querybeianstatus`: by a domain name, or by a certificate of whatever kind. */
export function filingStatus(
  { core }: InterfaceWorld,
  parameters: Parameters,
): Answer<'isp_querybeianstatus'> | Refused {
  const type = Number(parameters.get('queryConditionType') ?? 'none');
  const condition = (parameters.get('queryCondition') ?? '').trim();
  const isKnown = Number.isSafeInteger(type) && type >= 0 && type <= lastCondition;
  if (!isKnown || condition.length < 4 || condition.length > 255) {
    return refused(999, '查询条件错误', 'malformed_query');
  }
  core.tick();
  const { registry } = core.state;
  const status = findStatus(
    registry,
    type === domainName
      ? { by: 'domain_name', domainName: condition }
      : { by: 'certificate', certificateType: '', certificateNumber: condition },
  );
  const name = registry.services.get(status.serviceNumber ?? '')?.name;
  return {
    msg_code: 0,
    msg: '操作成功',
    StatusInfo: {
      Cxtjlx: type,
      Cxtj: condition,
      ...(name !== undefined && { Wzmc: name }),
      ...(status.subjectNumber !== null && { Ztbah: status.subjectNumber }),
      ...(status.serviceNumber !== null && { Wzbah: status.serviceNumber }),
      Bazt: status.filed ? 0 : 1,
    },
  };
}

/** So many wrong tries for a number are answered before 22. */
const mostTries = 5;
const longestNumber = 255;
/** So many numbers are remembered. */
const mostTried = 10_000;
const wrongTries = new WeakMap<InterfaceWorld, Map<string, number>>();

/** `isp_verifybamm`: the filing password (备案密码) of a number, as it is or as its MD5. */
export function verifyPassword(world: InterfaceWorld, parameters: Parameters): Answer<'isp_verifybamm'> | Refused {
  const number = (parameters.get('baxh') ?? '').trim().replace(/-\d+[AX]?$/, '');
  if (number.length > longestNumber) return refused(999, '备案号错误', 'malformed_query');
  const tried = wrongTries.get(world) ?? new Map<string, number>();
  wrongTries.set(world, tried);
  const tries = tried.get(number) ?? 0;
  if (tries >= mostTries) return refused(22, '备案密码校验次数过多', 'too_many_password_tries');
  const given = (parameters.get('bamm') ?? '').trim();
  const right = world.core.filingPassword(number);
  const hash = createHash('md5').update(right).digest('hex');
  const isRight = world.core.state.registry.subjects.has(number) && [right, hash].includes(given.toLowerCase());
  tried.delete(number);
  if (!isRight) tried.set(number, tries + 1);
  const [oldest] = tried.keys();
  if (tried.size > mostTried && oldest !== undefined) tried.delete(oldest);
  return { msg_code: 0, msg: '操作成功', VerifyRes: isRight ? 0 : 1 };
}
