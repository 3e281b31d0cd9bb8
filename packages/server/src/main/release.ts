import { readFileSync } from 'node:fs';

/** The release that runs. */
export const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  // The package's own file, which npm requires to have one.
  version: string;
};
