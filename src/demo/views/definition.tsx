import type { ComponentChildren, JSX } from 'preact';

/** A name and what is said of it, for a list of such in a `dl`. */
export function Definition({
  name,
  children,
}: {
  name: string;
  children: ComponentChildren;
}): JSX.Element {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
