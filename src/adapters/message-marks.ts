/** Whether messages in a body may be marked as {@link loadMarks} says; bodies that are no text may. */
export function mayHoldMarks(body: unknown): boolean {
  return typeof body === 'string' ? body.includes('"compress"') : Boolean(body);
}

/**
 * What reads the marks in the messages of a body, if it may have any: most have none, and the code is
 * not fetched for them.
 */
export async function loadMarks(body: string | undefined) {
  return mayHoldMarks(body) ? import('./compress/cut-marks.js') : undefined;
}
