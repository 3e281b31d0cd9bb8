import { randomInt } from 'node:crypto';
import {
  type Answer,
  answerLength,
  type Call,
  defaultLimits,
  makeCall,
  type Operation,
  type OperationNames,
  operations,
  type PackedDocument,
  readAnswer,
  readSoapAnswer,
  readWsdl,
  servicePaths,
  writeSoapCall,
} from '@openbeian/authority-wire/v3';
import { isFault } from '@openbeian/model/fault';
import { readBounded } from '../../bounded/read-bounded.ts';
import { unreachable } from './line-faults.ts';
import type { Exchange, SoapAccess } from './line-options.ts';

export interface SoapExchangeOptions extends SoapAccess {
  readonly timeoutMs: number;
  /** The network; Node’s own unless given. */
  readonly fetch?: typeof fetch;
}

/** The six operations of one province. Nothing is repeated here: who calls knows whether that does harm. */
export function createSoapExchange(options: SoapExchangeOptions): Exchange {
  const service = new SoapService(options);
  const ask = <O extends Operation>(
    operation: O,
    own: Parameters<typeof makeCall<O>>[2],
    packed: PackedDocument | null,
  ) => service.call(operation, makeCall(operation, options.credentials, own, { packed, randomBelow: randomInt }));
  return {
    upload: (packed, dataSequence) => ask('isp_upload', { dataSequence }, packed),
    previousUpload: () => ask('isp_querypreviousupload', {}, null),
    download: () => ask('isp_download', {}, null),
    acknowledge: (fileName) => ask('isp_downloadack', { fileName }, null),
    queryStatus: (queryConditionType, queryCondition) =>
      ask('isp_querybeianstatus', { queryConditionType, queryCondition }, null),
    verifyPassword: (baxh, bamm) => ask('isp_verifybamm', { baxh, bamm }, null),
  };
}

/** For how long the names that a service says are believed. */
const namesForMs = 3_600_000;
/** Carrying a package of 50 MB takes longer than asking. */
const longCalls: readonly Operation[] = ['isp_upload', 'isp_download', 'isp_querypreviousupload'];
const wsdlLimitBytes = 2 * 1024 * 1024;
/** A WSDL refers to a schema or two. */
const mostDocuments = 8;

class SoapService {
  readonly #options: SoapExchangeOptions;
  readonly #send: typeof fetch;
  readonly #names = new Map<
    string,
    { readonly names: ReadonlyMap<Operation, OperationNames>; readonly untilMs: number }
  >();

  constructor(options: SoapExchangeOptions) {
    this.#options = options;
    this.#send = options.fetch ?? fetch;
  }

  async call<O extends Operation>(operation: O, call: Call): Promise<Answer<O>> {
    const names = await this.#namesOf(operation);
    const path = servicePaths[operations[operation].service];
    const text = await this.#exchange(path, {
      method: 'POST',
      headers: { 'content-type': 'text/xml; charset=utf-8', soapaction: `"${names.action}"` },
      body: writeSoapCall(call, names),
      timeoutMs: longCalls.includes(operation) ? 3 * this.#options.timeoutMs : this.#options.timeoutMs,
      limitBytes: answerLength(defaultLimits),
      // A SOAP fault comes with 500.
      takes: (status) => status === 200 || status === 500,
    });
    try {
      return readAnswer(operation, readSoapAnswer(operation, text, defaultLimits), defaultLimits).answer;
    } catch (error) {
      // It may have been taken all the same: an answer that cannot be read says nothing.
      if (!isFault(error, 'authority.unreadable') && !isFault(error, 'authority.refused')) throw error;
      const { zh, en } = error.extras.detail ?? { zh: '应答无法读取', en: 'the answer cannot be read' };
      throw unreachable({ zh: `${operation}：${zh}`, en: `${operation}: ${en}` }, { cause: error });
    }
  }

  /** As configured, or as the service’s own description says. */
  async #namesOf(operation: Operation): Promise<OperationNames> {
    const { namespace } = this.#options;
    if (namespace !== null) return { namespace, action: '' };
    const path = servicePaths[operations[operation].service];
    const known = this.#names.get(path);
    const names = known !== undefined && known.untilMs > performance.now() ? known.names : await this.#readNames(path);
    const found = names.get(operation);
    if (found !== undefined) return found;
    throw unreachable({
      zh: `管局服务的 WSDL 中没有 ${operation} 方法，请检查接口地址`,
      en: `the WSDL of the authority’s service has no ${operation}; check the address`,
    });
  }

  async #readNames(path: string): Promise<ReadonlyMap<Operation, OperationNames>> {
    const documents = new Map<string, string>();
    let wanted: readonly string[] = [`${path}?wsdl`];
    let names: ReadonlyMap<Operation, OperationNames> = new Map();
    while (wanted.length > 0 && documents.size < mostDocuments) {
      for (const name of wanted) documents.set(name, await this.#readDocument(name));
      const description = readDescription(documents);
      names = description.operations;
      wanted = description.missing.filter((each) => !documents.has(each)).slice(0, mostDocuments - documents.size);
    }
    this.#names.set(path, { names, untilMs: performance.now() + namesForMs });
    return names;
  }

  /** Only from where the service is: a description that refers elsewhere is not followed. */
  #readDocument(name: string): Promise<string> {
    const at = new URL(name, `${this.#base()}/`);
    const path = `${at.pathname}${at.search}`;
    return this.#exchange(path.startsWith(this.#basePath()) ? path.slice(this.#basePath().length) : path, {
      method: 'GET',
      timeoutMs: this.#options.timeoutMs,
      limitBytes: wsdlLimitBytes,
      takes: (status) => status === 200,
    });
  }

  #base(): string {
    return this.#options.url.replace(/\/+$/u, '');
  }

  #basePath(): string {
    return new URL(`${this.#base()}/`).pathname.replace(/\/$/u, '');
  }

  async #exchange(path: string, { timeoutMs, limitBytes, takes, ...request }: Request): Promise<string> {
    let status: number;
    let text: string | null;
    try {
      const response = await this.#send(`${this.#base()}${path}`, {
        ...request,
        // A redirect would carry what is sent elsewhere.
        redirect: 'error',
        signal: AbortSignal.timeout(timeoutMs),
      });
      status = response.status;
      text = await readBounded(response, limitBytes);
    } catch (cause) {
      throw unreachable({ zh: '连接失败或超时', en: 'connection failed or timed out' }, { cause });
    }
    if (!takes(status)) throw unreachable({ zh: `管局系统返回 ${status}`, en: `the authority answered ${status}` });
    if (text === null) {
      throw unreachable({
        zh: `应答超过 ${limitBytes} 字节，未读取`,
        en: `the answer has more than ${limitBytes} bytes and was not read`,
      });
    }
    return text;
  }
}

interface Request {
  readonly method: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly timeoutMs: number;
  readonly limitBytes: number;
  readonly takes: (status: number) => boolean;
}

function readDescription(documents: ReadonlyMap<string, string>) {
  try {
    return readWsdl(documents, defaultLimits);
  } catch (error) {
    throw unreachable(
      { zh: '管局服务的 WSDL 无法读取', en: 'the WSDL of the authority’s service cannot be read' },
      { cause: error },
    );
  }
}
