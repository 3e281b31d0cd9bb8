import { Fault } from '@openbeian/model/fault';
import { type FilingNumber, parseFilingNumbers, subjectNumberOf } from '@openbeian/model/number';
import type { AuthorityStatus } from '../../ports/index.ts';
import type { StartFilingInput } from './start-filing-input.ts';

export const notFiled: AuthorityStatus = { filed: false, subjectNumber: null, serviceNumber: null };

/** What the customer says of the organiser, where nobody can be asked; a reviewer looks it up. @throws Fault `input.invalid` */
export function statedSubject({ subjectNumber = '' }: StartFilingInput, day: string): AuthorityStatus {
  if (subjectNumber.trim() === '') return notFiled;
  const { canonical } = readNumber('subject', 'subjectNumber', subjectNumber, day);
  return { filed: true, subjectNumber: canonical, serviceNumber: null };
}

/** What the customer says of the name, where nobody can be asked; a reviewer looks it up. @throws Fault `input.invalid` */
export function statedName({ serviceNumber = '' }: StartFilingInput, day: string): AuthorityStatus {
  if (serviceNumber.trim() === '') return notFiled;
  const service = readNumber('service', 'serviceNumber', serviceNumber, day);
  return { filed: true, subjectNumber: subjectNumberOf(service), serviceNumber: service.canonical };
}

const examples = { subject: '粤ICP备2026000123号', service: '粤ICP备2026000123号-1' } as const;

/**
 * One filing number that somebody typed, written in any way that people write it.
 * @param of whose it is to be: an organiser's has no counter at its end, a service's has
 * @throws Fault `input.invalid` at `path`
 */
function readNumber(of: keyof typeof examples, path: string, text: string, day: string): FilingNumber {
  const { numbers } = parseFilingNumbers(text, day);
  const [number] = numbers;
  if (numbers.length === 1 && number?.kind === of) return number;
  const example = examples[of];
  const place = { path, expected: `one number such as ${example}`, expectedZh: `应为一个备案号，形如 ${example}` };
  throw new Fault('input.invalid', { places: [place] });
}
