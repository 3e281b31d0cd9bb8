import { isFault } from '@openbeian/model/fault';
import { expect, test } from 'vitest';
import { readAnswer } from '../answers.ts';
import { defaultLimits } from '../limits.ts';
import { readSoapAnswer } from '../soap-calls.ts';

const limits = { ...defaultLimits, textLength: 1000 };
const soap = (inside: string) =>
  `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><isp_downloadResponse>${inside}</isp_downloadResponse></s:Body></s:Envelope>`;
const answer = (inside: string) => `<return><msg_code>1</msg_code>${inside}</return>`;

function troubleOf(read: () => unknown): string {
  try {
    read();
    return 'read';
  } catch (error) {
    if (!isFault(error, 'authority.unreadable')) throw error;
    const [reason] = error.extras.reasons ?? [];
    return String((reason as { readonly code?: string } | undefined)?.code);
  }
}

const manyTimes = 100_001;

test.each<[string, string, string]>([
  ['a long comment', `<!--${'x'.repeat(1001)}-->`, 'xml_text_too_long'],
  ['a comment whose beginning looks ended', `<!-->${'x'.repeat(1001)}-->`, 'xml_text_too_long'],
  ['a comment without end', `<!--${'x'.repeat(1001)}`, 'xml_text_too_long'],
  ['a long instruction', `<?a ${'>'.repeat(1001)}?>`, 'xml_text_too_long'],
  ['a long name', `<${'a'.repeat(1001)}/>`, 'xml_text_too_long'],
  ['a long attribute', `<a b="${'c'.repeat(1001)}"/>`, 'xml_text_too_long'],
  ['a text of entities', `<a>${'&amp;'.repeat(manyTimes)}</a>`, 'xml_too_many_elements'],
  ['CDATA of brackets', `<a><![CDATA[${']x'.repeat(manyTimes)}]]></a>`, 'xml_too_many_elements'],
  ['an attribute of lines that begins with >', `<a b=">${'\n'.repeat(manyTimes * 2)}"/>`, 'xml_too_many_elements'],
  ['a text of tabs', `<a>${'\t'.repeat(manyTimes)}</a>`, 'xml_too_many_elements'],
  ['elements', '<a/>'.repeat(manyTimes), 'xml_too_many_elements'],
])('%s in an envelope or an answer is refused before it is parsed', (_what, inside, trouble) => {
  expect(troubleOf(() => readSoapAnswer('isp_download', soap(inside), limits))).toBe(trouble);
  expect(troubleOf(() => readAnswer('isp_download', answer(inside), limits))).toBe(trouble);
});

test.each(['plain', 'CDATA'])('a package longer than any other text is read (%s)', (how) => {
  const base64 = 'QUFB'.repeat(500_000);
  const inside = how === 'plain' ? base64 : `<![CDATA[${base64}]]>`;
  const document = answer(`<!-- short --><fileInfos><beianInfo>${inside}</beianInfo></fileInfos>`);
  const given =
    how === 'plain'
      ? document.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
      : `<![CDATA[${document.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
  const read = readSoapAnswer('isp_download', soap(`<return>${given}</return>`), limits);
  expect(readAnswer('isp_download', read, limits).answer.fileInfos?.beianInfo).toBe(base64);
});
