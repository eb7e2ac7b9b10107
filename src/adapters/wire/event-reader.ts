/** Takes the bytes of a stream of server-sent events. */
export interface EventReader {
  push(chunk: Uint8Array): void;
}

/**
 * Reads server-sent events as the HTML standard says, and hands on the `data` of each. Names, ids
 * and comments are dropped; so is an event that the end of the stream cuts off.
 */
export function createEventReader(onData: (data: string) => void): EventReader {
  const decoder = new TextDecoder();
  let rest = '';
  let data: string[] = [];

  function readLine(line: string): void {
    if (line === '') {
      if (data.length > 0) onData(data.join('\n'));
      data = [];
    } else if (line === 'data' || line.startsWith('data:')) {
      data.push(line.slice(5).replace(/^ /, ''));
    }
  }

  return {
    push(chunk) {
      rest += decoder.decode(chunk, { stream: true });
      const lines = rest.split(/\r\n|\n|\r(?!$)/); // a CR at the end may be half of a CRLF
      rest = lines.pop() ?? '';
      for (const line of lines) readLine(line);
    },
  };
}
