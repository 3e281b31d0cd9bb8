import {
  type Answer,
  type Call,
  defaultLimits,
  type Operation,
  operations,
  readSoapCall,
  servicePaths,
  uploadLimits,
  writeAnswer,
  writeSoapAnswer,
  writeWsdl,
} from '@openbeian/authority-wire/v3';
import { isFault } from '@openbeian/model/fault';
import { provinces } from '@openbeian/model/province';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Line } from '../core/words.ts';
import { parseInput } from '../problem.ts';
import type { LoggedCall } from './call-log.ts';
import { giveDownload } from './give-download.ts';
import { acknowledge, filingStatus, previousUpload, verifyPassword } from './queries.ts';
import { isRefused, type Refused, refused } from './session.ts';
import { takeUpload } from './take-upload.ts';
import type { InterfaceWorld } from './world.ts';

/** Of the three services, in their descriptions and answers. */
const namespace = 'http://isp.authority-sim.openbeian.example/';
const provinceParams = z.strictObject({ province: z.enum(provinces.map(({ code }) => code)) });

/**
 * Interface V3.0: the three SOAP services of each province below `/v3/<six digits>`, with their descriptions at `?wsdl`. It
 * translates and disturbs (`Mischief`), and leaves every decision to the core.
 */
export function addInterfaceWire(app: FastifyInstance, world: InterfaceWorld): void {
  app.register(async (wire) => {
    // Whatever a client calls its XML.
    wire.removeAllContentTypeParsers();
    wire.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: uploadLimits.bytes * 2 }, (_request, body, done) => {
      done(null, body);
    });
    for (const [service, path] of Object.entries(servicePaths)) {
      wire.get(`/v3/:province${path}`, async (request, reply) => {
        const { province } = parseInput(provinceParams, request.params);
        const address = `http://${request.host}/v3/${province}${path}`;
        // The keys of the table of paths.
        const wsdl = writeWsdl(service as keyof typeof servicePaths, namespace, address);
        return reply.header('content-type', 'text/xml; charset=utf-8').send(wsdl);
      });
      wire.post(`/v3/:province${path}`, async (request, reply) => {
        const { province } = parseInput(provinceParams, request.params);
        return answerCall(world, { request, reply, province, service });
      });
    }
  });
}

interface Asked {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly province: string;
  readonly service: string;
}

async function answerCall(world: InterfaceWorld, { request, reply, province, service }: Asked) {
  const xml = (status: number, text: string) =>
    reply.code(status).header('content-type', 'text/xml; charset=utf-8').send(text);
  if (isSoap12(request)) {
    const detail = 'SOAP 1.2';
    note(world, { operation: null, line: null, code: null, mistake: 'not_soap', faults: [], detail });
    return xml(500, soapFault('VersionMismatch', 'this service speaks SOAP 1.1 (text/xml)'));
  }
  const call = readCall(request);
  if (call === null || operations[call.operation].service !== service) {
    note(world, { operation: null, line: null, code: null, mistake: 'not_soap', faults: [], detail: null });
    return xml(500, soapFault('Client', 'no call of this service; see its description at ?wsdl'));
  }
  const { result, faults } = await world.mischief.playedDuring(() => perform(world, call, province));
  const { isDropped, answer, noted } = result;
  note(world, { operation: call.operation, code: answer.msg_code, faults, ...noted });
  if (isDropped) {
    reply.hijack();
    request.raw.socket.destroy();
    return reply;
  }
  // It was made by the operation's own function.
  const document = writeAnswer(call.operation, answer as Answer<typeof call.operation>);
  return xml(200, writeSoapAnswer(call.operation, namespace, document));
}

function readCall(request: FastifyRequest): Call | null {
  if (!Buffer.isBuffer(request.body)) return null;
  const charset = /charset="?(gbk|gb2312|gb18030)/i.test(request.headers['content-type'] ?? '') ? 'gbk' : 'utf-8';
  try {
    return readSoapCall(new TextDecoder(charset, { fatal: true }).decode(request.body), defaultLimits);
  } catch (error) {
    if (isFault(error) || error instanceof TypeError) return null;
    throw error;
  }
}

const soapFault = (code: 'Client' | 'VersionMismatch', said: string): string =>
  [
    '<?xml version="1.0" encoding="UTF-8"?>\n',
    '<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body><soapenv:Fault>',
    `<faultcode>soapenv:${code}</faultcode><faultstring>${said}</faultstring>`,
    '</soapenv:Fault></soapenv:Body></soapenv:Envelope>',
  ].join('');

/** The namespace of its envelope, which is at the beginning. */
const soap12 = 'http://www.w3.org/2003/05/soap-envelope';
const headBytes = 4096;

const isSoap12 = ({ headers, body }: FastifyRequest): boolean =>
  /^application\/soap\+xml/i.test(headers['content-type'] ?? '') ||
  (Buffer.isBuffer(body) && body.subarray(0, headBytes).includes(soap12));

type Noted = Pick<LoggedCall, 'line' | 'mistake' | 'detail'>;

interface Performed {
  readonly answer: { readonly msg_code: number; readonly msg?: string | undefined };
  readonly isDropped: boolean;
  readonly noted: Noted;
}

async function perform(world: InterfaceWorld, { operation, parameters }: Call, province: string): Promise<Performed> {
  const given = new Map(parameters.map(([name, value]) => [name, String(value)] as const));
  const session = world.sessions.open(given, province);
  if (isRefused(session)) return ended(session, null);
  const { line } = session;
  const closed = closedAnswer(world, operation, line);
  if (closed !== null) return ended(closed, line);
  const result = await answerOf(world, operation, session, given);
  if (isRefused(result)) return ended(result, line);
  const isDropped = droppable.has(operation) && world.mischief.plays('connection_dropped', line, operation);
  return { ...result, isDropped, noted: { line, mistake: result.mistake, detail: result.detail } };
}

/** What changes something; a question is asked again without harm. */
const droppable: ReadonlySet<Operation> = new Set(['isp_upload', 'isp_downloadack']);

function closedAnswer(world: InterfaceWorld, operation: Operation, line: Line): Refused | null {
  const isUpload = operation === 'isp_upload';
  if (world.mischief.plays('maintenance', line, operation)) {
    return isUpload ? refused(901, '系统维护，暂不受理上报', null) : refused(902, '系统维护，暂不能下载', null);
  }
  if (world.mischief.plays('not_opened', line, operation)) return refused(19, '报备权限未开放', null);
  if (world.mischief.plays('other_error', line, operation)) return refused(999, '系统错误', null);
  if (!isUpload) return null;
  if (world.mischief.plays('too_many_files', line)) return refused(15, '待处理的文件过多', null);
  if (!world.isOpen(line.province)) return refused(20, '不在报备时段', 'outside_hours');
  if (world.mischief.plays('closed', line)) return refused(20, '不在报备时段', null);
  return world.mischief.plays('sequence_doubted', line) ? refused(14, '缺少此前的上报', null) : null;
}

const ended = (
  {
    code,
    msg,
    mistake,
    detail = null,
  }: { code: number; msg: string; mistake: LoggedCall['mistake']; detail?: string | null },
  line: Line | null,
): Performed => ({
  answer: { msg_code: code, msg },
  isDropped: false,
  noted: { line, mistake, detail },
});

interface Answered {
  readonly answer: Performed['answer'];
  readonly mistake: LoggedCall['mistake'];
  readonly detail: string | null;
}

async function answerOf(
  world: InterfaceWorld,
  operation: Operation,
  session: Parameters<typeof takeUpload>[1],
  given: ReadonlyMap<string, string>,
): Promise<Answered | Refused> {
  const { line } = session;
  const plain = (answer: Performed['answer'] | Refused, detail: string | null = null): Answered | Refused =>
    isRefused(answer) ? answer : { answer, mistake: null, detail };
  switch (operation) {
    case 'isp_upload':
      return takeUpload(world, session, given);
    case 'isp_download': {
      const answer = await giveDownload(world, session);
      return plain(answer, answer.fileInfos?.return_FileName ?? null);
    }
    case 'isp_downloadack':
      return plain(acknowledge(world, line, given), (given.get('fileName') ?? '').slice(0, 128));
    case 'isp_querypreviousupload':
      return plain(previousUpload(world, line));
    case 'isp_querybeianstatus':
      return plain(filingStatus(world, given));
    case 'isp_verifybamm':
      return plain(verifyPassword(world, given));
  }
}

function note({ calls, core }: InterfaceWorld, call: Omit<LoggedCall, 'n' | 'at'>): void {
  calls.note({ at: core.now(), ...call });
}
