import { lookAtPicture } from './look-at-picture.ts';

/** What the process is asked, and what it answers; one at a time. */
export type ToPictureProcess = Parameters<typeof lookAtPicture>[0];
export type FromPictureProcess = Awaited<ReturnType<typeof lookAtPicture>> | { readonly failed: string };

/** A decoder that takes more is stopped from within; nobody else looks. */
const mostMemoryBytes = 1_200 * 1024 * 1024;

setInterval(() => {
  if (process.memoryUsage.rss() > mostMemoryBytes) process.exit(70);
}, 50).unref();

process.on('message', (task: ToPictureProcess) => {
  lookAtPicture(task).then(
    (seen) => process.send?.(seen),
    (error: unknown) => process.send?.({ failed: error instanceof Error ? (error.stack ?? '') : String(error) }),
  );
});
// The server is gone: nobody waits for an answer.
process.on('disconnect', () => process.exit(0));
