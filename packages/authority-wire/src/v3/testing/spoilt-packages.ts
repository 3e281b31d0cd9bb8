import { deflateRawSync } from 'node:zlib';
import { encodeGbk } from '../package/characters.ts';
import { type CipherKey, encrypt } from '../package/cipher.ts';
import { contentHash } from '../package/hashes.ts';
import type { PackedDocument } from '../package/pack.ts';
import { zipOne } from '../package/zip.ts';
import type { Chance } from './chance.ts';

/** What a package is spoilt from: documents as text, each with its ZIP. */
export interface Sound {
  readonly xml: string;
  readonly zip: Buffer;
}

const at = new Date('2026-11-21T01:30:00Z');

export async function soundOf(xml: string): Promise<Sound> {
  return { xml, zip: await zipOne('down0001.xml', encodeGbk(xml), at) };
}

/** A package whose hash fits what is in it, encrypted where a key is given. */
function wrap(zip: Buffer, cipher: CipherKey | null): PackedDocument {
  return {
    beianInfo: (cipher === null ? zip : encrypt(zip, cipher)).toString('base64'),
    beianInfoHash: contentHash(zip),
    encryptAlgorithm: cipher === null ? 0 : 1,
    hashAlgorithm: 0,
    compressionFormat: 0,
  };
}

/** One spoilt package. What was spoilt has a name, so that a failure says what it was. */
export async function spoiltPackage(
  sound: Sound,
  chance: Chance,
  cipher: CipherKey,
): Promise<{ readonly what: string; readonly packed: PackedDocument }> {
  const key = chance.below(4) === 0 ? cipher : null;
  switch (chance.below(8)) {
    case 0:
      return { what: 'envelope', packed: spoilEnvelope(wrap(sound.zip, key), chance) };
    case 1:
    case 2:
      return { what: 'bytes of the ZIP', packed: wrap(spoilBytes(sound.zip, chance), key) };
    case 3:
    case 4:
      return {
        what: 'bytes of the document',
        packed: wrap(await zipOf(spoilBytes(encodeGbk(sound.xml), chance)), key),
      };
    case 5:
      return { what: 'text of the document', packed: wrap(await zipOf(encodeGbk(spoilText(sound.xml, chance))), key) };
    case 6:
      return { what: 'tricks of XML', packed: wrap(await zipOf(trick(sound.xml, chance)), key) };
    default:
      return { what: 'lies of the ZIP', packed: wrap(lyingZip(sound, chance), key) };
  }
}

const zipOf = (bytes: Buffer): Promise<Buffer> => zipOne('down0001.xml', bytes, at);

function spoilEnvelope(packed: PackedDocument, chance: Chance): PackedDocument {
  const cut = (text: string) => text.slice(0, chance.below(text.length + 1));
  return chance.pick<() => PackedDocument>([
    () => ({ ...packed, beianInfo: cut(packed.beianInfo) }),
    () => ({ ...packed, beianInfo: spoilText(packed.beianInfo, chance) }),
    () => ({ ...packed, beianInfoHash: spoilText(packed.beianInfoHash, chance) }),
    () => ({ ...packed, beianInfoHash: contentHash(Buffer.from([chance.below(256)])) }),
    () => ({ ...packed, beianInfoHash: '' }),
    () => ({ ...packed, encryptAlgorithm: chance.pick([0, 1, 2, -1, Number.NaN]) }),
    () => ({ ...packed, hashAlgorithm: chance.pick([1, 2, -1]) }),
    () => ({ ...packed, compressionFormat: chance.pick([1, 2, 255]) }),
  ])();
}

/** Bytes flipped, cut off, doubled or put in at some places. */
function spoilBytes(bytes: Buffer, chance: Chance): Buffer {
  let spoilt: Buffer = Buffer.from(bytes);
  for (let times = 1 + chance.below(6); times > 0; times -= 1) {
    const place = chance.below(spoilt.length + 1);
    const length = chance.below(32);
    const [before, after] = [spoilt.subarray(0, place), spoilt.subarray(place)];
    spoilt = chance.pick<() => Buffer>([
      () => {
        if (place < spoilt.length) spoilt[place] = chance.below(256);
        return spoilt;
      },
      () => {
        if (place < spoilt.length) spoilt[place] = chance.pick([0, 0xff, 0x80, 0x3c, 0x26, 0x22]);
        return spoilt;
      },
      () => Buffer.concat([before, after.subarray(length)]),
      () => Buffer.concat([before, before.subarray(-length), after]),
      () => before,
    ])();
  }
  return spoilt;
}

const pieces = [
  '<',
  '>',
  '</',
  '&',
  '&amp;',
  '&#0;',
  '&#x110000;',
  '&x;',
  ']]>',
  '<![CDATA[',
  '<!--',
  '<?',
  '"',
  '\u0000',
] as const;

function spoilText(text: string, chance: Chance): string {
  const place = chance.below(text.length + 1);
  const after = text.slice(place + chance.below(20));
  return text.slice(0, place) + chance.pick<string>([...pieces, '长'.repeat(chance.below(3000))]) + after;
}

/** Documents that are attacks. */
function trick(xml: string, chance: Chance): Buffer {
  const head = '<?xml version="1.0" encoding="GBK"?>';
  const inside = (text: string) => xml.replace('<ICP>', `<ICP>${text}`);
  const many = 1 + chance.below(2000);
  const laughs = Array.from({ length: 9 }, (_, n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`).join('');
  const text = chance.pick<() => string>([
    () => `${head}<!DOCTYPE a [<!ENTITY l0 "lol">${laughs}]><DownloadData version="V.3.0">&l9;</DownloadData>`,
    () => `${head}<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><DownloadData>&x;</DownloadData>`,
    () => `${head}<!DOCTYPE DownloadData SYSTEM "http://127.0.0.1:1/x.dtd"><DownloadData/>`,
    () => inside('&undeclared;'),
    () => inside('<a>'.repeat(many) + '</a>'.repeat(many)),
    () => inside('<a>'.repeat(many)),
    () => inside('<a/>'.repeat(many * 20)),
    () => inside(`<a ${Array.from({ length: many }, (_, n) => `a${n}="1"`).join(' ')}/>`),
    () => inside(`<a b="${'x'.repeat(many * 500)}"/>`),
    () => inside(`<!--${' '.repeat(many * 500)}-->`),
    () => inside(`<XGTZ><Tzxx><Tznr>${'长'.repeat(many * 300)}</Tznr></Tzxx></XGTZ>`),
    () => inside('<__proto__><polluted>1</polluted></__proto__><constructor><prototype/></constructor>'),
    () =>
      inside(
        '<BAJG><Jg_xx><__proto__>1</__proto__><toString>1</toString><Czlx>99999999999999999999</Czlx></Jg_xx></BAJG>',
      ),
    () => xml.replace('GBK', chance.pick(['UTF-7', 'UTF-16', 'ISO-2022-CN', 'constructor', 'gbk\u0000', ''])),
    () => xml.replaceAll('DownloadData', chance.pick(['UploadData', 'return', 'html', '__proto__'])),
    () => `${xml}${xml}`,
    () => '',
  ])();
  return encodeGbk(text);
}

/** A ZIP written by hand: sizes, checksum, method and number of entries as chance has them. */
function lyingZip({ xml }: Sound, chance: Chance): Buffer {
  const isBomb = chance.below(3) === 0;
  const content = isBomb ? Buffer.alloc(1 + chance.below(6 * 1024 * 1024), 0x20) : encodeGbk(xml);
  const deflated = deflateRawSync(content, { level: 1 });
  const method = chance.pick([8, 8, 8, 0, 12, 99]);
  const body = method === 0 ? content : deflated;
  const lie = (value: number) => chance.pick([value, value, value, 0, value + 1, 0xffffffff, chance.below(0xffffffff)]);
  const name = Buffer.from(chance.pick(['down0001.xml', '../../etc/passwd', '/x', 'a\\b', '', 'd/']));
  const fields = Buffer.alloc(26);
  fields.writeUInt16LE(chance.pick([20, 20, 45, 0xffff]), 0);
  fields.writeUInt16LE(chance.pick([0, 0, 0, 1, 8, 0x800]), 2);
  fields.writeUInt16LE(method, 4);
  fields.writeUInt32LE(chance.below(0xffffffff), 10);
  fields.writeUInt32LE(lie(body.length), 14);
  fields.writeUInt32LE(lie(content.length), 18);
  fields.writeUInt16LE(name.length, 22);
  const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), fields, name, body]);
  const central = Buffer.concat([Buffer.from('PK\u0001\u0002\u0014\u0000', 'latin1'), fields, Buffer.alloc(14), name]);
  central.writeUInt32LE(lie(0), central.length - name.length - 4);
  const entries = chance.pick([1, 1, 1, 2, 17, 0xffff]);
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006', 'latin1');
  end.writeUInt16LE(entries, 8);
  end.writeUInt16LE(entries, 10);
  end.writeUInt32LE(lie(central.length), 12);
  end.writeUInt32LE(lie(local.length), 16);
  return Buffer.concat([local, ...Array.from({ length: Math.min(entries, 17) }, () => central), end]);
}
