import { pathText } from '@openbeian/model/fault';
import fc from 'fast-check';
import { XmlDocument, XmlValidateError, XsdValidator } from 'libxml2-wasm';
import { describe, expect, test } from 'vitest';
import { defaultLimits, startDeadline } from '../limits.ts';
import { encodeGbk } from '../package/characters.ts';
import { ByteReader } from '../package/read-bytes.ts';
import type { GroupNode } from '../schema/node.ts';
import { DocumentReader } from '../schema/read-xml.ts';
import { zodOf } from '../schema/to-zod.ts';
import { writeXml } from '../schema/write-xml.ts';
import { valueOf } from '../testing/arbitraries.ts';
import { spoil } from '../testing/spoil.ts';
import { xsdOf } from '../testing/xsd-of.ts';
import { downloadData } from './download.ts';
import {
  acknowledgementReturn,
  downloadReturn,
  previousUploadReturn,
  statusReturn,
  uploadReturn,
  verificationReturn,
} from './returns.ts';
import { uploadData } from './upload.ts';

const documents: readonly (readonly [what: string, root: string, node: GroupNode])[] = [
  ['uploads', 'UploadData', uploadData],
  ['downloads', 'DownloadData', downloadData],
  ['answer to an upload', 'return', uploadReturn],
  ['answer to a download', 'return', downloadReturn],
  ['answer to an acknowledgement', 'return', acknowledgementReturn],
  ['answer about the last upload', 'return', previousUploadReturn],
  ['answer about a status', 'return', statusReturn],
  ['answer about a password', 'return', verificationReturn],
];

function read(root: string, node: GroupNode, bytes: Buffer) {
  const reader = new DocumentReader(root, node, defaultLimits, startDeadline(defaultLimits));
  const text = new ByteReader((part) => reader.write(part));
  text.write(bytes);
  text.end();
  return reader.end();
}

describe.each(documents)('%s', (_what, root, node) => {
  test('whatever is let pass is read again as it was, with nothing to note, and libxml2 finds it valid', {
    timeout: 120_000,
  }, () => {
    using schema = XmlDocument.fromString(xsdOf(root, node));
    using validator = XsdValidator.fromDoc(schema);
    fc.assert(
      fc.property(valueOf(node), (value) => {
        expect(zodOf(node).safeParse(value).error?.issues).toBeUndefined();
        const bytes = encodeGbk(writeXml(root, node, value));
        const { value: again, version, notes } = read(root, node, bytes);
        expect(JSON.parse(JSON.stringify(again))).toEqual(value);
        expect({ version, notes }).toEqual({ version: 'V.3.0', notes: [] });
        using document = XmlDocument.fromBuffer(bytes);
        validator.validate(document);
      }),
      { numRuns: 60 },
    );
  });

  test('whatever is wrong with one element is refused at that element, and libxml2 refuses it as well', {
    timeout: 120_000,
  }, () => {
    using schema = XmlDocument.fromString(xsdOf(root, node));
    using validator = XsdValidator.fromDoc(schema);
    const wrong = valueOf(node)
      .map((value) => spoil(node, value))
      .filter((all) => all.length > 0)
      .chain((all) => fc.constantFrom(...all));
    fc.assert(
      fc.property(wrong, ({ value, path }) => {
        const issues = zodOf(node).safeParse(value).error?.issues ?? [];
        expect(issues.map((issue) => pathText(issue.path))).toContain(path);
        using document = XmlDocument.fromBuffer(encodeGbk(writeXml(root, node, value)));
        expect(() => validator.validate(document)).toThrow(XmlValidateError);
      }),
      { numRuns: 100 },
    );
  });
});
