import { indexHolidays } from '@openbeian/model/calendar';
import { fictionalCompany, fictionalPerson } from '@openbeian/model/fictional';
import { formFor } from '@openbeian/model/forms';
import { type LetterId, letterIds, lettersOf, materialRulesOn, writeLetter } from '@openbeian/model/materials';
import { loadCodeTables } from '@openbeian/policies/code-tables';
import { loadDivisions } from '@openbeian/policies/divisions';
import { loadHolidays } from '@openbeian/policies/holidays';
import { loadMaterialRules } from '@openbeian/policies/materials';
import { extractText, getDocumentProxy } from 'unpdf';
import { afterAll, expect, test } from 'vitest';
import { companyValues, individualValues } from '../../main/sample/past-forms.ts';
import { LetterWriter } from './letter-writer.ts';

const writer = new LetterWriter();
afterAll(() => writer.close());

const company = fictionalCompany(7001);
const person = fictionalPerson(7002);
const certificate = { 'subject.certificateType': 'business_licence', 'subject.certificateNumber': company.creditCode };
const tables = loadCodeTables();
const unit = { kind: 'first', subjectKind: 'enterprise', serviceKind: 'website', provinceCode: '440000' } as const;

function sourceOf(values: Readonly<Record<string, unknown>>, context: object = unit, at = '2026-11-30') {
  const whole = { ...unit, ...context, domainName: 'letters.cn' };
  const definition = formFor({ ...whole, at, tables, divisions: loadDivisions() });
  const rules = materialRulesOn(loadMaterialRules(), at);
  return { ...whole, definition, values, rules, calendar: indexHolidays(loadHolidays()), at };
}

/** What a reader of PDF sees, without the line breaks of the layout. */
async function textOf(pdf: Uint8Array): Promise<string> {
  const { text } = await extractText(await getDocumentProxy(new Uint8Array(pdf)), { mergePages: true });
  return text.replace(/\s+/g, '');
}

const values = { ...certificate, ...companyValues(company, '星河产品手册', 'letters.cn') };

test.each(letterIds)('the letter %s is a PDF in Chinese that says what the form says, with its date', async (id) => {
  const letter = writeLetter(id, sourceOf(values));
  const pdf = await writer.write(letter, 'tests');
  expect(Buffer.from(pdf.subarray(0, 5)).toString()).toBe('%PDF-');
  const text = await textOf(pdf);
  expect(text).toContain(letter.title);
  // The letter of agency is for the provider.
  expect(text).toContain(id === 'agency_letter' ? '致：接入服务单位' : '致：广东省通信管理局');
  expect(text).toContain(`主办者名称：${company.name}`);
  expect(text).toContain('证件类型：营业执照');
  expect(text).toContain(`证件号码：${company.creditCode}`);
  expect(text).toContain('日期：2026年11月30日');
  for (const paragraph of letter.paragraphs) expect(text).toContain(paragraph.replace(/\s+/g, ''));
  for (const signature of letter.signatures) expect(text).toContain(signature);
});

test('letters name the principal, the service and the domain; what is not filled in is a line to write on', async () => {
  const principal = values['subject.principal.name' as keyof typeof values];
  const text = await textOf(await writer.write(writeLetter('subject_principal_letter', sourceOf(values)), 'tests'));
  expect(text).toContain(`授权${principal}担任`);
  const service = await textOf(await writer.write(writeLetter('service_principal_letter', sourceOf(values)), 'tests'));
  expect(service).toContain('“星河产品手册”（letters.cn）');
  const empty = writeLetter('pledge', sourceOf({}));
  expect(empty.facts.slice(0, 2)).toEqual([
    ['主办者名称', '＿＿＿＿＿＿＿＿'],
    ['证件类型', '＿＿＿＿＿＿＿＿'],
  ]);
});

test('one person for both roles, and an individual, are read from where the form has them', () => {
  const same = Object.fromEntries(Object.entries(values).filter(([path]) => !path.startsWith('service.principal.')));
  const both = writeLetter('truthfulness', sourceOf({ ...same, 'service.principal.isSubjects': 'yes' }));
  const named = new Map(both.facts);
  expect(named.get('服务负责人姓名')).toBe(values['subject.principal.name' as keyof typeof values]);
  const own = {
    'subject.certificateType': 'resident_id',
    'subject.certificateNumber': person.residentId,
    ...individualValues(person, '云帆小记', 'letters.cn'),
  };
  const context = { subjectKind: 'individual' };
  expect(lettersOf({ ...unit, subjectKind: 'individual' }, [])).not.toContain(
    'subject_principal_letter' satisfies LetterId,
  );
  const sheet = new Map(writeLetter('verification_sheet', sourceOf(own, context)).facts);
  expect(sheet.get('服务负责人姓名')).toBe(person.name);
  expect(sheet.get('服务负责人证件号码')).toBe(person.residentId);
  expect(sheet.get('服务负责人手机号码')).toBe(person.mobile);
});

test('a letter says until when it can be handed in: 60 working days in Guangdong, else three months', () => {
  const guangdong = writeLetter('pledge', sourceOf(values, unit, '2026-06-01'));
  // 60 working days with the Dragon Boat holiday between.
  expect(guangdong.goodUntil).toBe('2026-08-25');
  const elsewhere = writeLetter('pledge', sourceOf(values, { provinceCode: '310000' }, '2026-06-01'));
  expect([elsewhere.writtenOn, elsewhere.goodUntil]).toEqual(['2026-06-01', '2026-09-01']);
  expect(elsewhere.footnotes[0]).toContain('2026-09-01');
});

test('rare characters that the font has are printed; one that it has not is left open and named', async () => {
  const name = '㐂堃䶮𠮷有限公司';
  const text = await textOf(
    await writer.write(writeLetter('pledge', sourceOf({ ...values, 'subject.name': name })), 'tests'),
  );
  expect(text).toContain('㐂堃䶮〓有限公司');
  expect(text).toContain('U+20BB7');
});
