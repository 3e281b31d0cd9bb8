import { expect, test } from 'vitest';
import { emptyDraft, type FormDraft, type FormDraftEvent, isMasked, reduceDraft, saveState } from './form-draft.ts';

const after = (...events: FormDraftEvent[]): FormDraft => events.reduce(reduceDraft, emptyDraft);
const typed = (path: string, value: unknown): FormDraftEvent => ({ type: 'typed', path, value });

test('only what was typed is sent, and once saved nothing is left', () => {
  const draft = after(typed('subject.name', '示例公司'), { type: 'sent' });
  expect(draft.sending).toEqual({ 'subject.name': '示例公司' });
  expect(saveState(draft)).toBe('saving');
  expect(reduceDraft(draft, { type: 'saved' })).toEqual(emptyDraft);
});

test('what is typed while a save is under way is not lost', () => {
  const draft = after(
    typed('subject.name', '示例'),
    typed('service.name', '星河小记'),
    { type: 'sent' },
    typed('subject.name', '示例公司'),
    typed('service.remark', '个人博客'),
    { type: 'saved' },
  );
  expect(draft.dirty).toEqual({ 'subject.name': '示例公司', 'service.remark': '个人博客' });
  expect(saveState(draft)).toBe('unsaved');
});

test('a save that failed keeps everything for the next one', () => {
  const draft = after(typed('subject.name', '示例'), { type: 'sent' }, { type: 'failed' });
  expect(saveState(draft)).toBe('failed');
  expect(reduceDraft(draft, { type: 'sent' }).sending).toEqual({ 'subject.name': '示例' });
});

test('a field given back to what the server has is not sent', () => {
  expect(after(typed('subject.name', ''), { type: 'kept', path: 'subject.name' })).toEqual(emptyDraft);
});

test('masked values are recognised in personal fields only', () => {
  expect(isMasked(true, '199****0014')).toBe(true);
  expect(isMasked(true, '赵＊＊')).toBe(true);
  expect(isMasked(true, '19900000014')).toBe(false);
  expect(isMasked(false, '五星***餐厅')).toBe(false);
  expect(isMasked(true, undefined)).toBe(false);
});
