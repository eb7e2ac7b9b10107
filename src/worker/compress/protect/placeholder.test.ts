import { placeholder } from './placeholder.js';
import { describeRule } from './test-rule.js';

describeRule(placeholder, [
  'Dear ⟦{{name}}⟧, ⟦{{ user.name | upper }}⟧: ⟦{{{raw}}}⟧',
  '⟦{{#each items}}⟧a⟦{{/each}}⟧ ⟦{{> part\n  a=1 }}⟧',
  'nested ⟦{{ a {{ b }} c }}⟧ and ⟦${a ${b} c}⟧ and ⟦{{ {a} }}⟧',
  'costs ⟦${amount}⟧, ⟦${{ env.KEY }}⟧, ⟦${VAR:-none}⟧, but $5 {and so on} and ${}',
  '⟦{name}⟧, ⟦{user_name}⟧, ⟦{user.name}⟧⟦{0}⟧ v⟦{version}⟧ /users/⟦{id}⟧/posts',
  '{not one} {a: 1} {"a": 1} {} { a } {1.5}',
  '\\frac{a}{b} x_{i} y^{n} \\{a\\} \\text{word} \\sqrt[3]{x}',
  '⟦<%= name %>⟧ ⟦<% if a %>⟧ ⟦{% for a in b %}⟧ ⟦{# note #}⟧ 5 <% 6 {% 7',
  'open {{ a and {{b and { ⟦{{c}}⟧ }',
  'closed a }} and b } and ⟦{c}⟧',
  '⟦{größe}⟧ ⟦{{名前}}⟧',
]);
