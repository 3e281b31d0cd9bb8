import type { Command } from 'commander';

type Register = (program: Command) => void;

const start = async (): Promise<Register> => (await import('./start/start.ts')).registerStart;

/**
 * Every command of `openbeian`, in the order of its help. Each is in the folder of its subject, beside its reports, and is
 * loaded only when it is asked for: a gate that runs holds nothing of the other commands.
 */
const commands = {
  authority: async () => (await import('./authority/authority.ts')).registerAuthority,
  'authority-sim': async () => (await import('./authority-sim/authority-sim.ts')).registerAuthoritySim,
  check: async () => (await import('./check/check.ts')).registerCheck,
  codes: async () => (await import('./codes/codes.ts')).registerCodes,
  demo: async () => (await import('./demo/demo.ts')).registerDemo,
  filings: async () => (await import('./filing/filings.ts')).registerFilings,
  gate: async () => (await import('./gate/gate.ts')).registerGate,
  import: async () => (await import('./inventory/import.ts')).registerImport,
  number: async () => (await import('./filing/number.ts')).registerNumber,
  policy: async () => (await import('./policy/policy.ts')).registerPolicy,
  plan: async () => (await import('./plan/plan.ts')).registerPlan,
  precheck: async () => (await import('./filing/precheck.ts')).registerPrecheck,
  records: async () => (await import('./records/records.ts')).registerRecords,
  route: async () => (await import('./filing/route.ts')).registerRoute,
  start,
  server: start,
  worker: start,
  migrate: start,
  console: start,
  keys: start,
  audit: start,
  users: start,
  sync: async () => (await import('./inventory/sync.ts')).registerSync,
  work: async () => (await import('./work/work.ts')).registerWork,
} satisfies Record<string, () => Promise<Register>>;

type Word = keyof typeof commands;

const isWord = (word: string | undefined): word is Word => word !== undefined && Object.hasOwn(commands, word);

/** Registers the command that the first word names; all of them where it names none, for the help and for what is misspelt. */
export async function registerCommands(program: Command, word: string | undefined): Promise<void> {
  const loads = isWord(word) ? [commands[word]] : new Set(Object.values(commands));
  const loaded = await Promise.all([...loads].map((load) => load()));
  for (const register of loaded) register(program);
}

/** The first words that name a command. */
export const commandWords: readonly string[] = Object.keys(commands);
