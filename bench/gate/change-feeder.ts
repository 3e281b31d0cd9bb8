import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ChangeBatch } from '@openbeian/model/gate';
import { openSnapshotFile } from '../../packages/gate/src/testing/snapshot-files.ts';
import { nameOf } from './names.ts';

/*
 * A control plane that tells a gate of as many changes a second as `/rate?perSecond=` says, in the format of the real one and in its
 * way: an answer as soon as there is something. Half of the changes are of names on file, which stay so, half of others. It prints its port.
 */
const count = Number(process.argv[2]);
const { header, facts } = await openSnapshotFile(process.argv[3] ?? '');
const tickMs = 20;
let perSecond = 0;
let owed = 0;
/** Changes exist up to this one; each is made from its number when it is asked for. */
let last = header.sequence;
const waiting = new Set<() => void>();

const markAt = (sequence: number) => (sequence === header.sequence ? facts.mark : `bench-${sequence}`);

function changeAt(sequence: number): ChangeBatch['changes'][number] {
  const turn = sequence % 4;
  const name = nameOf(turn < 2 ? sequence % count : count + (sequence % 500_000));
  const record = { name, number: '粤ICP备2026000123号-1', accesses: turn < 2 ? ['alibaba', 'xingyun'] : ['alibaba'] };
  return { sequence, name, exact: false, record: turn === 3 ? null : record };
}

function answerAfter(after: number): ChangeBatch & { readonly snapshot: boolean } {
  const sequence = Math.min(last, after + 1000);
  const changes = Array.from({ length: sequence - after }, (_, place) => changeAt(after + place + 1));
  return { snapshot: false, sequence, mark: markAt(sequence), at: new Date().toISOString(), changes };
}

setInterval(() => {
  owed += (perSecond * tickMs) / 1000;
  if (owed < 1) return;
  last += Math.floor(owed);
  owed %= 1;
  const due = [...waiting];
  for (const answer of due) answer();
}, tickMs);

const server = createServer((request, response) => {
  const url = new URL(request.url ?? '/', 'http://bench');
  if (url.pathname === '/rate') {
    perSecond = Number(url.searchParams.get('perSecond'));
    return response.end(`${last}`);
  }
  const after = Number(url.searchParams.get('after'));
  if (url.pathname !== '/api/v1/gate/changes' || url.searchParams.get('mark') !== markAt(after)) {
    return response.writeHead(404).end();
  }
  const answer = () => {
    clearTimeout(timer);
    waiting.delete(answer);
    response.end(JSON.stringify(answerAfter(after)));
  };
  const timer = setTimeout(answer, Number(url.searchParams.get('waitMs')));
  waiting.add(answer);
  if (last > after) answer();
  return response;
});
server.listen(0, '127.0.0.1', () => process.stdout.write(`${(server.address() as AddressInfo).port}\n`));
