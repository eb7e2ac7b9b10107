import type { JSX } from 'preact';
import { useState } from 'preact/hooks';

type CopyButtonProps = { text: string; announce: (text: string) => void };

/** Puts a text on the clipboard, and says whether that worked. */
export function CopyButton({ text, announce }: CopyButtonProps): JSX.Element {
  const [tried, setTried] = useState({ text: '', outcome: '' });
  const copy = async () => {
    const outcome = await write(text);
    setTried({ text, outcome });
    announce(outcome);
  };
  return (
    <button type="button" class="quiet" onClick={() => void copy()}>
      {tried.text === text ? tried.outcome : 'Copy what is sent'}
    </button>
  );
}

async function write(text: string): Promise<string> {
  try {
    await navigator.clipboard.writeText(text);
    return 'Copied';
  } catch {
    return 'Copying is not allowed here'; // without a permission, or on a page that is not secure
  }
}
