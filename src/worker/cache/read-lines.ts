/**
 * The lines of a file of UTF-8, read piece by piece.
 *
 * @param maxLength - In UTF-16 units: of a longer line `undefined` is told, and nothing is kept.
 */
export async function* readLines(
  file: Blob,
  maxLength: number,
): AsyncGenerator<string | undefined, void> {
  const reader = file.stream().getReader();
  const decoder = new TextDecoder();
  let line: string | undefined = '';
  const extend = (part: string) => {
    const isTooLong = line === undefined || line.length + part.length > maxLength;
    line = isTooLong ? undefined : line + part;
  };
  try {
    for (;;) {
      const { done, value } = await reader.read();
      const [first = '', ...others] = decoder.decode(value, { stream: !done }).split('\n');
      extend(first);
      for (const part of others) {
        yield line;
        line = '';
        extend(part);
      }
      if (done) break;
    }
    if (line !== '') yield line;
  } finally {
    await reader.cancel();
  }
}
