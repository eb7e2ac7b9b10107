import type { JSX } from 'preact';

/** What to know of the browser's own model, and how far its download is. */
export function PromptApiNote({ share }: { share: number | undefined }): JSX.Element {
  return (
    <>
      {share !== undefined && share < 1 && (
        <label>
          The browser downloads its model <progress value={share} max={1} />
        </label>
      )}
      <p class="small">
        Nothing leaves this computer. The first question may make the browser download its model,
        some gigabytes, once for all pages.
      </p>
    </>
  );
}
