import { createHash } from 'node:crypto';
import { crc32, deflateRawSync } from 'node:zlib';
import type { Exchange } from '../line-options.ts';

type Download = Awaited<ReturnType<Exchange['download']>>;

/** A document that our own codec would refuse to write: names and values as they are given, in UTF-8. */
export function rawXml(name: string, value: unknown): string {
  if (Array.isArray(value)) return value.map((each) => rawXml(name, each)).join('');
  const inside =
    typeof value === 'object' && value !== null
      ? Object.entries(value)
          .map(([key, each]) => rawXml(key, each))
          .join('')
      : String(value).replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return `<${name}>${inside}</${name}>`;
}

/** A ZIP of one file, by its specification. */
function rawZip(content: Buffer): Buffer {
  const packed = deflateRawSync(content);
  const name = Buffer.from('a.xml');
  const head = Buffer.alloc(26);
  head.writeUInt16LE(20, 0);
  head.writeUInt16LE(8, 4);
  head.writeUInt32LE(crc32(content), 10);
  head.writeUInt32LE(packed.length, 14);
  head.writeUInt32LE(content.length, 18);
  head.writeUInt16LE(name.length, 22);
  const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), head, name, packed]);
  const central = Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), head, Buffer.alloc(14), name]);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(1, 4);
  end.writeUInt16LE(1, 6);
  end.writeUInt32LE(central.length, 8);
  end.writeUInt32LE(local.length, 12);
  return Buffer.concat([local, central, Buffer.from('PK\x05\x06', 'latin1'), end]);
}

/** What `isp_download` answers with a file of these bytes, whose hash is right. */
export function rawFile(fileName: string, xml: string | Buffer): Download {
  const content = Buffer.isBuffer(xml) ? xml : Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>${xml}`);
  const zip = rawZip(content);
  const head = { return_FileName: fileName, encryptAlgorithm: 0, hashAlgorithm: 0, compressionFormat: 0 };
  const beianInfoHash = createHash('md5').update(zip).digest('base64');
  return { msg_code: 1, fileInfos: { ...head, beianInfo: zip.toString('base64'), beianInfoHash } };
}

/** An authority that answers whatever a test gives it, and forgets a file once it is acknowledged. */
export class RawExchange implements Exchange {
  readonly files: Download[] = [];
  readonly acknowledged: string[] = [];
  /** Answered once each, before any file. */
  readonly instead: Download[] = [];
  previous: Awaited<ReturnType<Exchange['previousUpload']>> = { msg_code: 0 };
  readonly uploads: Awaited<ReturnType<Exchange['upload']>>[] = [];
  status: Awaited<ReturnType<Exchange['queryStatus']>> = { msg_code: 0 };

  upload = async () => this.uploads.shift() ?? { msg_code: 0 };
  previousUpload = async () => this.previous;
  download = async () => this.instead.shift() ?? this.files[0] ?? { msg_code: 2 };
  acknowledge = async (fileName: string) => {
    this.acknowledged.push(fileName);
    const place = this.files.findIndex(({ fileInfos }) => fileInfos?.return_FileName === fileName);
    if (place >= 0) this.files.splice(place, 1);
    return { msg_code: 0 };
  };
  queryStatus = async () => this.status;
  verifyPassword = async () => ({ msg_code: 0 });
}
