import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Every file of the checkout but what tools and runs leave behind; paths from the root with `/`. */
export function listFiles(root: string, folder = ''): string[] {
  const leftBehind = ['.git', 'node_modules', 'dist', '.openbeian', ...(folder === '' ? ['data'] : [])];
  return readdirSync(join(root, folder), { withFileTypes: true })
    .filter((entry) => !leftBehind.includes(entry.name) && !entry.name.endsWith('.log'))
    .flatMap((entry) => {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) return listFiles(root, path);
      return entry.isFile() ? [path] : [];
    });
}
