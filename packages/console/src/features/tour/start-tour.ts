/** Asks the frame around the page to begin its tour. */
const asked = new EventTarget();
const name = 'start';

export const startTour = (): void => void asked.dispatchEvent(new Event(name));

/** @returns what ends listening */
export function onTourAsked(begin: () => void): () => void {
  asked.addEventListener(name, begin);
  return () => asked.removeEventListener(name, begin);
}
