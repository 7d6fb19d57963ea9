/** How long the process may be kept from everything else, in milliseconds. */
const sliceMs = 15;

/**
 * For work that takes long: call what this gives between two pieces of it, and everybody else is served as soon as a
 * slice of time is over.
 */
export function givingWay(): () => Promise<void> {
  let sliceEnds = Date.now() + sliceMs;
  return async () => {
    if (Date.now() <= sliceEnds) return;
    await new Promise((resolve) => setImmediate(resolve));
    sliceEnds = Date.now() + sliceMs;
  };
}
