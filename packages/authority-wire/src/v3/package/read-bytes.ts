import { unreadable } from '../troubles.ts';

/** What a document was written in; GB18030 reads whatever GBK and GB2312 can write. */
export type Encoding = 'gb18030' | 'utf-8';

/** Encodings that a document may declare, by the names that it may use; each decodes what the ones before it can write. */
const decoders: Readonly<Record<string, Encoding>> = {
  gbk: 'gb18030',
  gb2312: 'gb18030',
  gb18030: 'gb18030',
  'x-gbk': 'gb18030',
  cp936: 'gb18030',
  'utf-8': 'utf-8',
  utf8: 'utf-8',
};

const longestDeclaration = 256;

/**
 * Turns the bytes of a document into text, in the encoding that it declares; GBK where it declares none. Bytes that the
 * encoding does not have are a fault, never another character.
 */
export class ByteReader {
  readonly #write: (text: string) => void;
  #decoder: TextDecoder | null = null;
  #encoding: Encoding = 'gb18030';
  #head = Buffer.alloc(0);

  constructor(write: (text: string) => void) {
    this.#write = write;
  }

  write(bytes: Buffer): void {
    if (this.#decoder !== null) {
      this.#decode(bytes);
      return;
    }
    this.#head = Buffer.concat([this.#head, bytes]);
    if (this.#head.length >= longestDeclaration || this.#head.includes('?>')) this.#begin();
  }

  /** @returns what the document was written in */
  end(): Encoding {
    if (this.#decoder === null) this.#begin();
    this.#decode(null);
    return this.#encoding;
  }

  #begin(): void {
    this.#encoding = encodingOf(this.#head);
    this.#decoder = new TextDecoder(this.#encoding, { fatal: true });
    this.#decode(this.#head);
    this.#head = Buffer.alloc(0);
  }

  #decode(bytes: Buffer | null): void {
    let text: string;
    try {
      text = (bytes === null ? this.#decoder?.decode() : this.#decoder?.decode(bytes, { stream: true })) ?? '';
    } catch {
      throw unreadable('text_malformed');
    }
    this.#write(text);
  }
}

function encodingOf(head: Buffer): Encoding {
  if (head.subarray(0, 3).equals(Buffer.from([0xef, 0xbb, 0xbf]))) return 'utf-8';
  const declaration = head.toString('latin1', 0, longestDeclaration);
  const declared = /^\s*<\?xml[^>]*?\bencoding\s*=\s*(["'])(?<name>[^"']*)\1/.exec(declaration)?.groups?.['name'];
  if (declared === undefined) return 'gb18030';
  const name = declared.toLowerCase();
  const decoder = Object.hasOwn(decoders, name) ? decoders[name] : undefined;
  if (decoder === undefined) throw unreadable('encoding_unknown');
  return decoder;
}
