import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Document, LineCounter, parseAllDocuments } from 'yaml';

/**
 * YAML files with an error or a warning of the parser (a key that comes twice, an alias of nothing), with tabs, or with
 * blanks at the end of a line.
 */
export function findBadYaml(root: string, files: readonly string[]): string[] {
  return files
    .filter((file) => /\.ya?ml$/.test(file))
    .flatMap((file) => evaluate(file, readFileSync(join(root, file), 'utf8')));
}

function evaluate(file: string, text: string): string[] {
  const lineCounter = new LineCounter();
  const documents = parseAllDocuments(text, { lineCounter, prettyErrors: false, strict: true, uniqueKeys: true });
  const ofParser = [...documents].flatMap(({ errors, warnings }) =>
    [...errors, ...warnings].map(({ message, pos }) => `${file}:${lineCounter.linePos(pos[0]).line}: ${message}`),
  );
  const ofAliases = [...documents].flatMap((document) => (document.errors.length > 0 ? [] : lostAlias(file, document)));
  const ofLines = text
    .split('\n')
    .flatMap((line, index) =>
      /\t|\s$/.test(line) ? [`${file}:${index + 1}: a tab, or blanks at the end of the line`] : [],
    );
  return [...ofParser, ...ofAliases, ...ofLines, ...(text.endsWith('\n') ? [] : [`${file}: no line break at the end`])];
}

/** The parser finds an alias of nothing only when the values are asked for. */
function lostAlias(file: string, document: Document.Parsed): string[] {
  try {
    document.toJS();
    return [];
  } catch (error) {
    return [`${file}: ${error instanceof Error ? error.message : String(error)}`];
  }
}
