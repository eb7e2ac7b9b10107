/** Lists are written as one string: they ship to browsers, and quotes around each word weigh. */
export function toWordSet(spaced: string): ReadonlySet<string> {
  return new Set(spaced.split(' '));
}

/** `km=kilometer=kilometers mm`: every name leads to the first of its group. */
export function toCanonicalWords(spaced: string): ReadonlyMap<string, string> {
  const groups = spaced.split(' ').map((group) => group.split('='));
  return new Map(groups.flatMap((names) => names.map((name) => [name, names[0] ?? name])));
}

/** `who=person when=time`: each left side leads to its right side. */
export function toWordMap(spaced: string): ReadonlyMap<string, string> {
  return new Map(
    spaced.split(' ').map((pair) => {
      const [word = '', meaning = ''] = pair.split('=');
      return [word, meaning];
    }),
  );
}
