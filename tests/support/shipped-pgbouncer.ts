import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { asOwner, ownerOfServer } from './private-postgres.ts';

const file = new URL('../../examples/high-availability/pgbouncer.ini', import.meta.url);

/** Replaces what a shipped file says by what holds here. @throws Error where it says something else by now */
export function withChanges(text: string, changes: readonly (readonly [shipped: string, own: string])[]): string {
  return changes.reduce((changed, [shipped, own]) => {
    if (!changed.includes(shipped)) throw new Error(`the shipped file no longer says ${shipped}`);
    return changed.replaceAll(shipped, () => own);
  }, text);
}

export interface PgBouncerOptions {
  /** The program. */
  readonly program: string;
  /** Its files are made here. */
  readonly folder: string;
  readonly port: number;
  /** Port of 127.0.0.1 behind it, and the database there. */
  readonly target: { readonly port: number; readonly database: string };
  /** Passwords by role. */
  readonly users: Readonly<Record<string, string>>;
  /** The certificate that PostgreSQL must show; null: it speaks no TLS. */
  readonly certificate: string | null;
}

/** Runs PgBouncer by the file as it is shipped, but for addresses, and waits until it listens. */
export async function startShippedPgBouncer(options: PgBouncerOptions): Promise<{ stop(): Promise<void> }> {
  const { program, folder, port, target, users, certificate } = options;
  const [ini, userlist] = [join(folder, 'pgbouncer.ini'), join(folder, 'userlist.txt')];
  const tls: [string, string][] =
    certificate === null
      ? [
          ['server_tls_sslmode = verify-ca', ''],
          ['server_tls_ca_file = /etc/openbeian/database-ca.pem', ''],
        ]
      : [['/etc/openbeian/database-ca.pem', certificate]];
  const text = withChanges(readFileSync(file, 'utf8'), [
    ['host=127.0.0.1 port=5000 dbname=openbeian', `host=127.0.0.1 port=${target.port} dbname=${target.database}`],
    ['listen_port = 6432', `listen_port = ${port}`],
    ['/etc/pgbouncer/userlist.txt', userlist],
    ...tls,
  ]);
  writeFileSync(ini, `${text}\nlogfile = ${join(folder, 'pgbouncer.log')}\n`);
  writeFileSync(
    userlist,
    Object.entries(users)
      .map(([role, password]) => `"${role}" "${password}"\n`)
      .join(''),
  );
  const owner = ownerOfServer();
  if (owner !== null) for (const path of [folder, ini, userlist]) chownSync(path, owner.uid, owner.gid);
  // It refuses to run as root, as PostgreSQL does.
  const [first = '', ...args] = asOwner(owner, [program, ini]);
  const child = spawn(first, args, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (part: string) => {
    said = (said + part).slice(-4000);
  });
  const exited = once(child, 'exit');
  for (const untilMs = performance.now() + 20_000; !(await accepts(port)); await pause(50)) {
    if (child.exitCode !== null || performance.now() > untilMs) throw new Error(`PgBouncer does not listen: ${said}`);
  }
  return {
    async stop() {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGQUIT');
      await exited;
    },
  };
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}
