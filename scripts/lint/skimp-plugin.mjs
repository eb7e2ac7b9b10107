/** What oxlint's own rules cannot say. */

/**
 * @typedef {{ source?: unknown, loc: { start: { line: number }, end: { line: number } } }} Node
 * @typedef {object} Context
 * @property {string} filename
 * @property {(problem: { node: Node, message: string }) => void} report
 * @typedef {{ create(context: Context): Record<string, (node: Node) => void> }} Rule
 */

/**
 * Only the public entries re-export. A module that passes on what another one exports hides where a
 * thing comes from, and makes import rings likely.
 *
 * @type {Rule}
 */
const noReExport = {
  create(context) {
    if (/[\\/]src[\\/](?:index|testing)\.ts$/.test(context.filename)) return {};
    const message = 'Only src/index.ts and src/testing.ts re-export; import from the source.';
    return {
      ExportAllDeclaration: (node) => context.report({ node, message }),
      ExportNamedDeclaration: (node) => {
        if (node.source) context.report({ node, message });
      },
    };
  },
};

const MAX_OWN_LINES = 40;

/**
 * `max-lines-per-function`, but a function inside counts for itself: a factory may hold several.
 *
 * @type {Rule}
 */
const maxOwnLines = {
  create(context) {
    /**
     * Lines of the functions found inside what is being walked: the file, a function of it, one
     * inside that, and so on.
     */
    const stack = [0];
    const enter = () => void stack.push(0);
    const leave = (/** @type {Node} */ node) => {
      const lines = node.loc.end.line - node.loc.start.line + 1;
      const own = lines - (stack.pop() ?? 0);
      // One on a single line shares it with its surroundings.
      if (lines > 1) stack.push((stack.pop() ?? 0) + lines);
      if (own <= MAX_OWN_LINES) return;
      const message = `A function of ${own} lines, not counting those inside it; at most ${MAX_OWN_LINES}.`;
      context.report({ node, message });
    };
    const kinds = ['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression'];
    return Object.fromEntries(
      kinds.flatMap((kind) => [
        [kind, enter],
        [`${kind}:exit`, leave],
      ]),
    );
  },
};

export default {
  meta: { name: 'skimp' },
  rules: { 'no-re-export': noReExport, 'max-own-lines': maxOwnLines },
};
