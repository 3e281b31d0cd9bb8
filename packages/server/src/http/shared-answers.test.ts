import { expect, test } from 'vitest';
import { z } from 'zod';
import { share } from '../flows/command/shared-parts.ts';
import { sharedAnswerOf } from './shared-answers.ts';

const form = z.object({
  version: z.number(),
  sections: z.array(z.object({ id: z.string(), fields: z.array(z.string()) })),
});
const step = z.object({ filing: z.object({ id: z.string() }), form });

const sections = () => share([{ id: 'subject', fields: ['主办单位'], beside: 'not declared' }]);
const read = (bytes: Buffer | null) => (bytes === null ? null : (JSON.parse(bytes.toString()) as unknown));

test('an answer with a shared part is what the contract makes of it, also inside of a member', () => {
  const part = sections();
  const answer = { version: 1, sections: part, beside: 'not declared' };
  const wanted = { version: 1, sections: [{ id: 'subject', fields: ['主办单位'] }] };
  expect(read(sharedAnswerOf(form, answer))).toEqual(wanted);
  const whole = { form: answer, filing: { id: 'fil_1', secret: 'not declared' } };
  expect(read(sharedAnswerOf(step, whole))).toEqual({ form: wanted, filing: { id: 'fil_1' } });
  expect(read(sharedAnswerOf(form.pick({ sections: true }), { sections: part }))).toEqual({
    sections: wanted.sections,
  });
  // Another answer with the same part.
  expect(read(sharedAnswerOf(form, { ...answer, version: 2 }))).toEqual({ ...wanted, version: 2 });
});

test('an answer without one, and one that breaks the contract in a part or beside it, is left to the whole shape', () => {
  const part = sections();
  expect(sharedAnswerOf(form, { version: 1, sections: [{ id: 'subject', fields: [] }] })).toBeNull();
  expect(sharedAnswerOf(form, { version: 'one', sections: part })).toBeNull();
  expect(sharedAnswerOf(form, { version: 1, sections: share([{ id: 7, fields: [] }]) })).toBeNull();
  expect(sharedAnswerOf(step, { filing: {}, form: { version: 1, sections: part } })).toBeNull();
  expect(sharedAnswerOf(z.array(form), [{ version: 1, sections: part }])).toBeNull();
});

test('nothing changes a shared part from then on', () => {
  const [first] = sections();
  expect(() => first?.fields.push('other')).toThrow(TypeError);
  expect(() => Object.assign(first ?? {}, { id: 'other' })).toThrow(TypeError);
});
