import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type PolicyFile, type PolicySet, parsePolicyFile, policySet } from '@openbeian/model/eligibility';
import { Fault, type FaultPlace, isFault } from '@openbeian/model/fault';
import { parseSource } from './document.ts';

/** Test cases lie beside the files they are about (see `policyCases`). */
const casesName = /\.cases\.ya?ml$/;

const here = import.meta.dirname;

/** The rules of real providers that come with OpenBeian. */
export const providersDirectory = join(here, 'providers');
/** The rules of the fictional provider of the sample deployment. */
export const sampleDirectory = join(here, 'sample');

/**
 * Reads every `*.yaml` of the given directories (by default both bundled ones) as policy files.
 * @throws Fault `input.invalid`; its places name file, line, path and what was expected. A directory that cannot be
 * read, or holds no policy file, is refused as well: a deployment without rules would decide nothing.
 */
export function loadPolicies(directories?: readonly string[]): PolicySet {
  return policySet(loadPolicyFiles(directories));
}

/** The files that `loadPolicies` makes a set of: unlike a set, another thread can be given them. @throws as it does. */
export function loadPolicyFiles(
  directories: readonly string[] = [providersDirectory, sampleDirectory],
): readonly PolicyFile[] {
  const files = directories.flatMap((directory) =>
    policyFilesOf(directory).map((file) => ({ file, policy: readPolicyFile(file) })),
  );
  const seen = new Map<string, string>();
  for (const { file, policy } of files) {
    const other = seen.get(policy.provider);
    if (other !== undefined) {
      const expected = `one file per provider; ${other} has ${policy.provider} already`;
      refuse(file, [
        { path: 'provider', expected, expectedZh: `${policy.provider} 已在 ${other} 中，每个接入商只应有一个文件` },
      ]);
    }
    seen.set(policy.provider, file);
  }
  return files.map(({ policy }) => policy);
}

/** The text of every policy file of the directories, in the order in which they are read. */
export function policyTexts(directories: readonly string[] = [providersDirectory, sampleDirectory]): string[] {
  return directories.flatMap((directory) => policyFilesOf(directory).map((file) => readFileSync(file, 'utf8')));
}

/** Reads one policy file; see `loadPolicies` for the errors. */
export function readPolicyFile(file: string): PolicyFile {
  const parsed = parseSource(readFileSync(file, 'utf8'));
  if ('problem' in parsed) {
    const { line, reason } = parsed.problem;
    return refuse(`${file}:${line}`, [
      { path: '(root)', expected: `expected YAML: ${reason}`, expectedZh: `应为 YAML：${reason}` },
    ]);
  }
  try {
    return parsePolicyFile(parsed.document.value);
  } catch (error) {
    if (!isFault(error, 'input.invalid')) throw error;
    const places = (error.extras.places ?? []).map((place) => ({
      ...place,
      path: `${file}:${parsed.document.lineOf(place.path)}: ${place.path}`,
    }));
    throw new Fault('input.invalid', { places });
  }
}

/** The policy files of a directory, by name. @throws Fault `input.invalid`; see `loadPolicies`. */
export function policyFilesOf(directory: string): string[] {
  let names: string[];
  try {
    names = readdirSync(directory).filter((name) => /\.ya?ml$/.test(name) && !casesName.test(name));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    return refuse(directory, [
      { path: '(root)', expected: `expected a directory: ${reason}`, expectedZh: `应为目录：${reason}` },
    ]);
  }
  if (names.length === 0) {
    refuse(directory, [
      { path: '(root)', expected: 'expected at least one *.yaml', expectedZh: '至少应有一个 *.yaml' },
    ]);
  }
  return names.sort().map((name) => join(directory, name));
}

function refuse(file: string, places: readonly FaultPlace[]): never {
  throw new Fault('input.invalid', { places: places.map((place) => ({ ...place, path: `${file}: ${place.path}` })) });
}
