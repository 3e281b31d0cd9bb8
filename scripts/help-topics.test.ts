import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { helpTexts } from '../packages/model/src/help/index.ts';

test('every page that a help text is offered on is a page of the console', () => {
  const files = execFileSync('git', ['ls-files', 'packages/console/src'], { encoding: 'utf8' }).trim().split('\n');
  const source = files.filter((file) => file.endsWith('.tsx')).map((file) => readFileSync(file, 'utf8'));
  const pages = new Set(source.flatMap((text) => text.match(/(?<=topic=")page:[a-z-]+/g) ?? []));
  const wanted = helpTexts.flatMap(({ topics }) => topics.filter((topic) => topic.startsWith('page:')));
  expect(wanted.filter((topic) => !pages.has(topic))).toEqual([]);
});
