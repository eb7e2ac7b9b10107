import { describeRule } from './test-rule.js';
import { url } from './url.js';

describeRule(url, [
  'see ⟦https://example.com/a_(b)/c?d=1&e=2#f⟧, (⟦http://a.example⟧) or ⟦www.example.com⟧.',
  '"⟦https://a.example/b⟧", <⟦ftp://c.example⟧> and |⟦s3://bucket/key⟧|',
  '⟦[the docs](https://a.example/b "Title")⟧ and ⟦![a chart](c.png)⟧ and [d] (e)',
  'a template ⟦https://a.example/{id}/b⟧ and **⟦https://c.example⟧**',
  '请看⟦https://a.example/b⟧。谢谢',
  'http:// and 5://6 and a:b and www',
]);
