import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LineCounter, parseAllDocuments } from 'yaml';

/**
 * YAML files with an error or a warning of the parser (a key that comes twice, an alias of nothing), with tabs, or with
 * blanks at the end of a line.
 */
export function findBadYaml(root: string, files: readonly string[]): string[] {
  return files
    .filter((file) => /\.ya?ml$/.test(file))
    .flatMap((file) => judge(file, readFileSync(join(root, file), 'utf8')));
}

function judge(file: string, text: string): string[] {
  const lineCounter = new LineCounter();
  const documents = parseAllDocuments(text, { lineCounter, prettyErrors: false, strict: true, uniqueKeys: true });
  const ofParser = [...documents].flatMap(({ errors, warnings }) =>
    [...errors, ...warnings].map(({ message, pos }) => `${file}:${lineCounter.linePos(pos[0]).line}: ${message}`),
  );
  const ofLines = text
    .split('\n')
    .flatMap((line, index) =>
      /\t|\s$/.test(line) ? [`${file}:${index + 1}: a tab, or blanks at the end of the line`] : [],
    );
  return [...ofParser, ...ofLines, ...(text.endsWith('\n') ? [] : [`${file}: no line break at the end`])];
}
