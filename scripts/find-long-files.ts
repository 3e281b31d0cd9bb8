import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const limit = 400;

/** A source file of more than 400 lines is two files. */
export function findLongFiles(root: string, files: readonly string[]): string[] {
  return files
    .filter((file) => /\.(m?[jt]s|[jt]sx)$/.test(file) && !/\.generated\./.test(file))
    .flatMap((file) => {
      const lines = readFileSync(join(root, file), 'utf8').trimEnd().split('\n').length;
      return lines > limit ? [`${file}: ${lines} lines; more than ${limit} lines are two files`] : [];
    });
}
