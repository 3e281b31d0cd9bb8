// Two servers behind the shipped nginx file, restarted in turns under load until so many requests were sent:
// `npm run bench:rolling-restart [requests] [restarts]`. Exit status 1 when one of them failed.
import { restartInTurns } from '../../tests/lifecycle/rolling/rolling-restart.ts';
import { requireProgram } from '../../tests/support/require-program.ts';

const requests = Number(process.argv[2] ?? 100_000);
const restarts = Number(process.argv[3] ?? 10);
const log = (line: string) => process.stdout.write(`${line}\n`);

const nginx = requireProgram('nginx');
if (nginx === null) process.exit(1);
// As shipped: what `http.drainMs` is behind a proxy.
const result = await restartInTurns({ nginx, requests, restarts, drainMs: 6000, betweenMs: 1000, customers: 24, log });
if (result === null) process.exit(1);
const kinds = new Map<string, number>();
for (const failure of result.failures) kinds.set(failure, (kinds.get(failure) ?? 0) + 1);
for (const [failure, times] of [...kinds].slice(0, 20)) log(`${times} × ${failure}`);
const [firstMs] = result.failedAtMs;
if (firstMs !== undefined) {
  log(`the first at ${new Date(firstMs).toISOString()}; nginx's log:`);
  for (const line of result.proxyLog.slice(-2000)) log(line);
}
for (const [kind, count] of Object.entries(result.counts)) log(`${String(count).padStart(8)}  ${kind}`);
const issued = new Set(result.issued);
const unknown = result.codes.filter((id) => !issued.has(id)).length;
const lost = result.issued.filter((id) => !result.codes.includes(id)).length;
log(`${result.sent} requests, ${result.restarts} restarts: ${result.failures.length} failed`);
log(`${result.issued.length} codes acknowledged: ${lost} lost, ${unknown} made and not acknowledged`);
if (result.failures.length + lost + unknown > 0) process.exitCode = 1;
