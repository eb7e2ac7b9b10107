/**
 * What reads the marks in the messages of a body, if it may have any: most have none, and the code is
 * not fetched for them.
 */
export async function loadMarks(body: string | undefined) {
  return body?.includes('"compress"') ? import('./compress/cut-marks.js') : undefined;
}
