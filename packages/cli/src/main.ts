import { enableCompileCache, flushCompileCache } from 'node:module';
import { join } from 'node:path';
import { ownCacheFolder } from './cache-folder.ts';

// Compiled once per machine: types stripped and scripts compiled are half of what a start costs. Node checks each entry
// against the file it was made from, not who wrote it, and takes NODE_COMPILE_CACHE or NODE_DISABLE_COMPILE_CACHE from the
// environment. Threads read it there.
const folder =
  process.env.NODE_COMPILE_CACHE ?? ownCacheFolder(join(import.meta.dirname, '../../../node_modules/.cache/openbeian'));
if (folder !== null) {
  process.env.NODE_COMPILE_CACHE = folder;
  enableCompileCache();
  // Node writes it when the process ends; a service may be killed instead.
  setTimeout(flushCompileCache, 10_000).unref();
}
// What a start leaves behind V8 keeps until memory is short, which it never is where little is asked. That a context came and went is
// what it takes as a reason to give memory back, in steps between which everything goes on; a collection at once would hold all up.
setTimeout(() => void import('node:vm').then((vm) => vm.runInNewContext('0')), 20_000).unref();
// Only after that: what is imported at the top would be compiled before.
await import('./program.ts');
