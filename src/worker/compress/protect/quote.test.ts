import { describeRule } from './test-rule.js';
import { quote } from './quote.js';

describeRule(quote, [
  'he said ⟦"it is done"⟧ and ⟦“so it is”⟧, ⟦«c’est fini»⟧, ⟦„es ist so“⟧, (⟦"yes."⟧) ⟦「終わり」⟧',
  'the words ⟦"a"⟧,⟦"b c"⟧ and key=⟦"value"⟧',
  'one sentence ⟦"Is it? yes"⟧ but "Is it? Yes." here',
  'twelve ⟦"1 2 3 4 5 6 7 8 9 10 11 12"⟧ but "1 2 3 4 5 6 7 8 9 10 11 12 13" here',
  'a 5" nail and a 6" one, or 5\'10" tall',
  'open "and never closed',
  'cut "by a\n\nparagraph" here',
  'wrapped ⟦"in two\nlines"⟧',
]);
