import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { lint } from 'markdownlint/promise';

/**
 * markdownlint's rules but those that ask for room: our prose is wrapped by hand, lists and headings follow each other
 * closely, tables are written without padding, addresses need no brackets, and a README may begin with a picture.
 */
const rules = {
  default: true,
  MD013: false,
  MD022: false,
  MD032: false,
  MD034: false,
  MD060: false,
  MD033: { allowed_elements: ['img', 'p', 'br', 'sub', 'sup', 'details', 'summary'] },
  // Two languages under one heading each may say the same.
  MD024: { siblings_only: true },
};

/** Markdown files that break a rule of markdownlint: headings that skip a level, links without a target, stray spaces. */
export async function findBadMarkdown(root: string, files: readonly string[]): Promise<string[]> {
  const own = files.filter((file) => file.endsWith('.md'));
  const strings = Object.fromEntries(own.map((file) => [file, readFileSync(join(root, file), 'utf8')]));
  const results = await lint({ strings, config: rules });
  return Object.entries(results).flatMap(([file, problems]) =>
    problems.map(
      ({ lineNumber, ruleNames, ruleDescription, errorDetail }) =>
        `${file}:${lineNumber}: ${ruleNames[0]} ${ruleDescription}${errorDetail ? `: ${errorDetail}` : ''}`,
    ),
  );
}
