/** A part of the console that could not be fetched: the network is gone, or the server has another build by now. */
export class PartNotLoaded extends Error {
  override name = 'PartNotLoaded';
}

const pauseMs = 400;

/**
 * Fetches a part of the console, and once more where that fails: most lines that break are there again at once.
 * @throws PartNotLoaded
 */
export async function loadPart<Part>(load: () => Promise<Part>): Promise<Part> {
  try {
    return await load();
  } catch {
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
  try {
    return await load();
  } catch (cause) {
    throw new PartNotLoaded(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}
