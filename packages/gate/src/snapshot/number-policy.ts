import type { GateConfig } from '../config.ts';
import type { GateLog } from '../log.ts';
import { NumbersElsewhere } from './numbers-elsewhere.ts';

/** That any valid number will do where a proxy serves: who says so, and the numbers that no snapshot has. */
export interface NumberPolicy {
  readonly source: string;
  /** Null: only those of the snapshot count. */
  readonly numbers: Pick<NumbersElsewhere, 'find'> | null;
}

/** What is asked at each address of the gate; null: this provider must access the record itself. */
export interface NumberPolicies {
  readonly own: NumberPolicy | null;
  /** Of `listenFor`, in its order. */
  readonly forAddresses: readonly (NumberPolicy | null)[];
  /** Stops looking at the files. */
  close(): void;
}

/** Reads the policies of all addresses and follows their files; one that several name is read once. */
export async function openNumberPolicies(
  { anyNumberSuffices, listenFor }: Pick<GateConfig, 'anyNumberSuffices' | 'listenFor'>,
  log: GateLog,
): Promise<NumberPolicies> {
  const files = new Map<string, NumbersElsewhere>();
  const policyOf = (said: GateConfig['anyNumberSuffices'] | false): NumberPolicy | null => {
    if (said === undefined || said === false) return null;
    const { source, numbersFile: file } = said;
    if (file === undefined) return { source, numbers: null };
    const numbers = files.get(file) ?? new NumbersElsewhere(file, log);
    files.set(file, numbers);
    return { source, numbers };
  };
  const own = policyOf(anyNumberSuffices);
  const forAddresses = listenFor.map(({ anyNumberSuffices: said }) => (said === undefined ? own : policyOf(said)));
  await Promise.all([...files.values()].map((numbers) => numbers.follow()));
  return {
    own,
    forAddresses,
    close: () => {
      for (const numbers of files.values()) numbers.close();
    },
  };
}
