import { codeFence } from './code-fence.js';
import { describeRule } from './test-rule.js';

describeRule(codeFence, [
  'no fence, `code` and ``code``',
  'Text\n⟦```\ncode\n```⟧\ntext',
  'Text\n⟦```python title="a b"\ncode\n\nmore\n```⟧  \r\ntext\n⟦~~~\na ``` b\n```\n~~~⟧',
  '1. Step\n⟦   ```sh\n   ls\n   ```⟧\n2. Step',
  '> quoted\n⟦> ```\n> code\n> ```⟧\n> quoted',
  '⟦- ```\n  code\n  ```⟧',
  '⟦````md\n```js\nx\n```\n````⟧\ntext',
  'a\n⟦```\nnot closed\n\n~~~\nto the end⟧',
  'Fix this: ⟦```python\ncode\n```⟧\nThanks',
  'Fix this: ⟦```\ncode```⟧\nThanks',
  '⟦```\ncode\n```⟧ and then explain it.\n⟦```\nmore\n```⟧.',
  '⟦```\ncode\n``` python\nmore\n```⟧',
  'inline ```code``` here\n```code``` there\nnothing',
  'a stray ```\nat the end of a line',
  'a stray ```\nthen\n⟦```js\nnot closed⟧',
  'Heading\n~~~~~~~\n\ntext\n\nHeading 2\n~~~~~~~~~\n',
  'Example:\n⟦~~~\ncode\n~~~⟧',
  '⟦```⟧',
]);
