/** A task that takes more is stopped from within; nobody else looks. */
const mostMemoryBytes = 1_200 * 1024 * 1024;

/** Answers each message of the parent with one message: the other side of `IsolatedProcess`. */
export function serveTasks(work: (task: unknown) => Promise<object>): void {
  setInterval(() => {
    if (process.memoryUsage.rss() > mostMemoryBytes) process.exit(70);
  }, 50).unref();
  process.on('message', (task: unknown) => {
    work(task).then(
      (answer) => process.send?.(answer),
      (error: unknown) => process.send?.({ failed: error instanceof Error ? (error.stack ?? '') : String(error) }),
    );
  });
  // The server is gone: nobody waits for an answer.
  process.on('disconnect', () => process.exit(0));
}
