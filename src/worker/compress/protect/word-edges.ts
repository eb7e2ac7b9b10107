/**
 * Letters, digits and marks of the alphabets that part words by blanks, for a class in a pattern. By
 * range: the Unicode classes take tens of milliseconds to compile in patterns that ignore case.
 */
export const letters = String.raw`\w\u00c0-\u1fff`;
/** Where a pattern may begin so as not to begin within a word. */
export const wordStart = `(?<![${letters}])`;
/** Where a pattern may end so as not to end within a word. */
export const wordEnd = `(?![${letters}])`;
