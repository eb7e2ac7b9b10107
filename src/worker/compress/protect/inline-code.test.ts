import { inlineCode } from './inline-code.js';
import { describeRule } from './test-rule.js';

describeRule(inlineCode, [
  'run ⟦`npm install a`⟧ or ⟦``a ` b``⟧ or ⟦```c```⟧',
  'wrapped ⟦`git\ncommit`⟧ once',
  'one ` alone',
  'one ` here\n\nand ⟦`another`⟧ there',
  `one \` here, ${'far '.repeat(80)} ⟦\`away\`⟧`,
  'unequal `a`` b',
]);
