import type { AskedRequest } from '../answer/asked-host.ts';

/**
 * A proxy's question, read from the bytes of its connection without Node's parser (docs/adr/0037-plain-questions.md): exactly one
 * request that is complete, has no body and is written in the one way that every reader of HTTP/1.1 takes alike. Whatever else comes
 * is Node's to read. One object is used for all questions of a thread: making one for each would take longer than reading.
 */
export class PlainQuestion implements AskedRequest {
  method = '';
  url = '';
  #bytes: Buffer = Buffer.alloc(0);
  #count = 0;
  /** Of each header: where its name begins and ends, and its value. */
  readonly #places = new Int32Array(4 * mostHeaders);
  /** The line of the last question, which is mostly that of the next. */
  #last: RequestLine | undefined = lines[0];

  /** Are these bytes one plain question? Then it can be asked for its headers until the next is read. */
  read(bytes: Buffer): boolean {
    const { length } = bytes;
    if (length > mostBytes || length < leastBytes) return false;
    // With this at the end each of the loops below stops within the bytes.
    if (bytes[length - 4] !== cr || bytes[length - 3] !== lf || bytes[length - 2] !== cr || bytes[length - 1] !== lf) {
      return false;
    }
    let line = this.#last;
    if (line === undefined || !isLine(bytes, line)) line = lines.find((known) => isLine(bytes, known));
    if (line === undefined) return false;
    this.#last = line;
    this.#bytes = bytes;
    if (!this.#readHeaders(line.bytes.length)) return false;
    this.method = line.method;
    this.url = line.url;
    return true;
  }

  #readHeaders(from: number): boolean {
    const bytes = this.#bytes;
    let at = from;
    let count = 0;
    let hosts = 0;
    while (bytes[at] !== cr) {
      const nameFrom = at;
      while (isToken[bytes[at] as number] === 1) at += 1;
      const nameTo = at;
      if (nameTo === nameFrom || bytes[at] !== colon || count === mostHeaders) return false;
      at += 1;
      while (bytes[at] === space) at += 1;
      const valueFrom = at;
      while (isPrintable(bytes[at] as number)) at += 1;
      if (bytes[at] !== cr || bytes[at + 1] !== lf) return false;
      let valueTo = at;
      while (valueTo > valueFrom && bytes[valueTo - 1] === space) valueTo -= 1;
      at += 2;
      if (mayBeSpecial(nameTo - nameFrom, bytes[nameFrom] as number)) {
        const name = bytes.toString('latin1', nameFrom, nameTo).toLowerCase();
        if (name === 'host') hosts += 1;
        else if (leftToNode.has(name)) return false;
      }
      const place = 4 * count;
      this.#places[place] = nameFrom;
      this.#places[place + 1] = nameTo;
      this.#places[place + 2] = valueFrom;
      this.#places[place + 3] = valueTo;
      count += 1;
    }
    this.#count = count;
    return bytes[at + 1] === lf && at + 2 === bytes.length && hosts === 1;
  }

  header(name: string): string | undefined {
    const places = this.#places;
    let value: string | undefined;
    for (let place = 0; place < 4 * this.#count; place += 4) {
      const from = places[place] as number;
      if ((places[place + 1] as number) - from !== name.length || !isNamed(this.#bytes, from, name)) continue;
      const text = this.#bytes.toString('latin1', places[place + 2], places[place + 3]);
      value = value === undefined ? text : `${value},${text}`;
    }
    return value;
  }
}

const cr = 13;
const lf = 10;
const space = 32;
const colon = 58;
/** A question of the shipped proxies has some two hundred bytes; those that send a visitor's headers along, some thousands. */
const mostBytes = 16_384;
const mostHeaders = 64;

interface RequestLine {
  readonly method: string;
  readonly url: string;
  readonly bytes: Uint8Array;
}

/** Any other method, target or version is Node's to read. */
const lines: readonly RequestLine[] = ['/auth', '/forward-auth', '/deny'].flatMap((url) =>
  ['HEAD', 'GET'].map((method) => ({ method, url, bytes: Buffer.from(`${method} ${url} HTTP/1.1\r\n`) })),
);
const leastBytes = 26;

/** Headers that say where a request ends, or what becomes of its connection. */
const leftToNode: ReadonlySet<string> = new Set([
  'connection',
  'content-length',
  'expect',
  'http2-settings',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** By length and first letter: is it worth reading this name? */
const isSpecial = new Uint8Array(32 * 256);
for (const name of [...leftToNode, 'host']) {
  for (const letter of [name.slice(0, 1), name.slice(0, 1).toUpperCase()]) {
    isSpecial[name.length * 256 + letter.charCodeAt(0)] = 1;
  }
}

function mayBeSpecial(length: number, first: number): boolean {
  return length < 32 && isSpecial[length * 256 + first] === 1;
}

/** Signs of a token (RFC 9110 §5.6.2). */
const isToken = new Uint8Array(256);
for (const sign of "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") {
  isToken[sign.charCodeAt(0)] = 1;
}

function isPrintable(byte: number): boolean {
  return byte >= 0x20 && byte < 0x7f;
}

function isLine(bytes: Uint8Array, { bytes: line }: RequestLine): boolean {
  for (let at = 0; at < line.length; at += 1) if (bytes[at] !== line[at]) return false;
  return true;
}

/** @param name in lower case, of the same length */
function isNamed(bytes: Uint8Array, from: number, name: string): boolean {
  for (let at = 0; at < name.length; at += 1) {
    const byte = bytes[from + at] as number;
    const lower = byte >= 65 && byte <= 90 ? byte + 32 : byte;
    if (lower !== name.charCodeAt(at)) return false;
  }
  return true;
}
