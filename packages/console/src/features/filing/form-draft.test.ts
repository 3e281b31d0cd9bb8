import { expect, test } from 'vitest';
import {
  baseOf,
  emptyDraft,
  type FormDraft,
  type FormDraftEvent,
  isMasked,
  reduceDraft,
  saveState,
  waiting,
} from './form-draft.ts';

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

test('what is sent says what was seen before it was typed over, and goes on from what was saved', () => {
  const seen = (path: string, value: unknown, before: unknown): FormDraftEvent => ({
    type: 'typed',
    path,
    value,
    seen: before,
  });
  const first = after(seen('service.name', '云', ''), seen('service.name', '云帆', '云'), { type: 'sent' });
  expect(baseOf(first, first.sending ?? {})).toEqual({ 'service.name': '' });
  const more = [seen('service.name', '云帆小记', '云'), { type: 'saved' }] as const;
  const next = more.reduce(reduceDraft, first);
  expect(baseOf(next, waiting(next))).toEqual({ 'service.name': '云帆' });
});

test('what was changed elsewhere waits for the person, and the rest is sent', () => {
  const draft = after(
    typed('service.name', '云帆'),
    typed('service.remark', '博客'),
    { type: 'sent' },
    { type: 'conflicted', paths: ['service.name'] },
  );
  expect(saveState(draft)).toBe('unsaved');
  expect(waiting(draft)).toEqual({ 'service.remark': '博客' });
  const rest = [{ type: 'sent' }, { type: 'saved' }] as const;
  const left = rest.reduce(reduceDraft, draft);
  expect(saveState(left)).toBe('conflict');
  expect(reduceDraft(left, { type: 'kept', path: 'service.name' })).toEqual(emptyDraft);
  const insisted = reduceDraft(left, { type: 'insisted', path: 'service.name', seen: '远山' });
  expect(waiting(insisted)).toEqual({ 'service.name': '云帆' });
  expect(baseOf(insisted, waiting(insisted))).toEqual({ 'service.name': '远山' });
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
