import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  type Answer,
  type Call,
  type CipherKey,
  type Credentials,
  type DownloadToPack,
  defaultLimits,
  type Operation,
  type PackedDocument,
  packDownload,
  passwordHash,
  readSoapCall,
  readUpload,
  servicePaths,
  type UploadData,
  writeAnswer,
  writeSoapAnswer,
  writeWsdl,
} from '@openbeian/authority-wire/v3';

const namespace = 'http://example.com/isp';

interface Taken {
  readonly sequence: number;
  readonly packed: PackedDocument;
  readonly upload: UploadData | null;
}

/** An authority as small as tests need one: it takes packages in their sequence, and gives the files that a test put there. */
export class SmallAuthority {
  readonly credentials: Credentials = { ispId: 9001, userName: 'xinghe', password: '口令-of-24-bytes-at-least' };
  readonly cipher: CipherKey = { key: '0123456789abcdef', iv: '0102030405060708' };
  /** Everything that was accepted. */
  readonly taken: Taken[] = [];
  readonly acknowledged: string[] = [];
  /** By operation, in order. */
  readonly asked: Operation[] = [];
  /** Answered instead, once each: a code, also of what is there all the same, what HTTP says, or a broken connection before or after it was taken. */
  readonly instead: {
    operation: Operation;
    how: number | 'closed_but_taken' | 'http_503' | 'breaks_before' | 'breaks_after' | 'garbage';
  }[] = [];
  readonly files: { readonly fileName: string; readonly packed: PackedDocument }[] = [];
  readonly filed = new Map<string, { readonly subject: string; readonly service: string }>();
  /** Is told of each upload while it is answered. */
  onUpload: () => Promise<void> = async () => {};
  /** What it says of a number that it has: the interface does not. */
  codeOfUsedNumber: 14 | 999 = 14;
  /** What it counts from; less than was taken where it lost some. */
  sequence = 0;
  readonly #server = createServer((request, response) => void this.#answer(request, response));

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return this.url;
  }

  get url(): string {
    // It listens on TCP.
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/440000`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** Has a file waiting. */
  async put(
    fileName: string,
    data: DownloadToPack,
    change: (packed: PackedDocument) => PackedDocument = (same) => same,
  ) {
    const packed = await packDownload(data, { cipher: this.cipher, at: new Date(0), fileName });
    this.files.push({ fileName, packed: change(packed) });
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const path = (request.url ?? '').replace('/440000', '');
    const service = Object.entries(servicePaths).find(([, each]) => path.startsWith(each))?.[0];
    if (request.method === 'GET') {
      response.end(writeWsdl((service ?? 'upDownLoad') as keyof typeof servicePaths, namespace, this.url));
      return;
    }
    const call = readSoapCall(Buffer.concat(chunks).toString('utf8'), defaultLimits);
    this.asked.push(call.operation);
    const place = this.instead.findIndex(({ operation }) => operation === call.operation);
    const instead = place < 0 ? null : this.instead.splice(place, 1)[0]?.how;
    if (instead === 'breaks_before') return void request.socket.destroy();
    if (instead === 'http_503') return void response.writeHead(503).end('busy');
    if (instead === 'garbage') return void response.end('<html>maintenance</html>');
    const done = typeof instead === 'number' ? { msg_code: instead } : await this.#do(call);
    const answer = instead === 'closed_but_taken' ? { msg_code: 20 } : done;
    if (instead === 'breaks_after') return void request.socket.destroy();
    // Each branch of `#do` answers its own operation.
    response.end(writeSoapAnswer(call.operation, namespace, writeAnswer(call.operation, answer as Answer<Operation>)));
  }

  async #do({ operation, parameters }: Call): Promise<object> {
    const given = new Map(parameters.map(([name, value]) => [name, String(value)] as const));
    const get = (name: string) => given.get(name) ?? '';
    if (get('userName') !== this.credentials.userName) return { msg_code: 4 };
    if (get('pwdHash') !== passwordHash(this.credentials.password, get('randVal'))) return { msg_code: 5 };
    switch (operation) {
      case 'isp_upload':
        return this.#upload(get);
      case 'isp_querypreviousupload': {
        const last = this.taken.find(({ sequence }) => sequence === this.sequence);
        const packed = last?.packed ?? { beianInfo: 'AAAA', beianInfoHash: 'AAAA' };
        const file = {
          return_FileName: 'last',
          hashAlgorithm: 0,
          compressionFormat: 0,
          encryptAlgorithm: 1,
          ...packed,
        };
        return { msg_code: 0, fileInfos: { ...file, dataSequence: this.sequence } };
      }
      case 'isp_download': {
        const [file] = this.files;
        if (file === undefined) return { msg_code: 2 };
        return {
          msg_code: this.files.length > 1 ? 3 : 1,
          fileInfos: { return_FileName: file.fileName, ...file.packed },
        };
      }
      case 'isp_downloadack': {
        this.acknowledged.push(get('fileName'));
        const place = this.files.findIndex(({ fileName }) => fileName === get('fileName'));
        if (place >= 0) this.files.splice(place, 1);
        return { msg_code: 0 };
      }
      case 'isp_querybeianstatus': {
        const filed = this.filed.get(get('queryCondition'));
        const numbers = filed === undefined ? {} : { Ztbah: filed.subject, Wzbah: filed.service };
        const head = { Cxtjlx: Number(get('queryConditionType')), Cxtj: get('queryCondition') };
        return { msg_code: 0, StatusInfo: { ...head, ...numbers, Bazt: filed === undefined ? 1 : 0 } };
      }
      case 'isp_verifybamm':
        return { msg_code: 0, VerifyRes: 0 };
    }
  }

  async #upload(get: (name: string) => string): Promise<object> {
    const sequence = Number(get('dataSequence'));
    if (sequence <= this.sequence && this.codeOfUsedNumber === 999) return { msg_code: 999 };
    if (sequence !== this.sequence + 1) return { msg_code: 14, dataSequences: { dataSequence: [this.sequence + 1] } };
    const packed = {
      beianInfo: get('beianInfo'),
      beianInfoHash: get('beianInfoHash'),
      encryptAlgorithm: Number(get('encryptAlgorithm')),
      hashAlgorithm: 0,
      compressionFormat: 0,
    };
    const { data } = await readUpload(packed, { cipher: this.cipher, limits: defaultLimits });
    await this.onUpload();
    this.sequence = sequence;
    this.taken.push({ sequence, packed, upload: data });
    return { msg_code: 0 };
  }
}
