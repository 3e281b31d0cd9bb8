/** Writes what is generated from the policies' data: `node policies/generate.ts`. Tests keep the files current. */
import { writeFileSync } from 'node:fs';
import { generatedFiles } from './generated-files.ts';

for (const [file, text] of generatedFiles()) writeFileSync(file, text);
