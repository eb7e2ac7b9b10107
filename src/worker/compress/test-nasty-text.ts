import fc from 'fast-check';

/** What trips a reader of text: opened and not closed, nested, cut; parted by two blanks here. */
const fragments = [
  '```  ```js\n  \n```\n  ~~~\n  `  ``  {{  }}  {  }  ${  {{a {{b}} c}}  {name}  {%  %}  <%=  %>',
  '[  ]  {"a":  {"a": [1, {"b": null}]}  [1]  [1, 2, 3]  ["x"  "  \\  \\"  “  ”  «  »  \'  ,  :  .',
  '...  !?  –  -  +  <  >  </  />  <b>  </b>  <a href="x  <!--  -->  <![CDATA[  ]]>  \\frac{a}',
  "<skimp keep>  </skimp>  <skimp  not  never  does not  without a  don't  no  30  days  two",
  '12.5 kg  $1,299.00  7 %  2026-10-14  14 October 2026  Oct 14,  2026  08:12  3 pm  to  https://',
  'https://a.example/b?c=(d)  www.  a@b.example  @  a.  漢字かな  。  「  𠮷  😀  👩‍👩‍👧  é  e\u0301  K',
  'مرحبا بالعالم  \u202eשלום  \u0000  \u0085  \u00a0  \u2028  \ufeff  \uffff  \ud83d  \ude00  \t  \r\n',
].flatMap((line) => line.split('  '));

const blanks = fc.constantFrom(' ', ' ', '  ', '\n', '\n\n');

/** Texts of up to some hundred characters: fragments, prose, code units at random. */
export const nastyText = fc
  .array(
    fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom(...fragments) },
      { weight: 3, arbitrary: blanks },
      { weight: 1, arbitrary: fc.lorem({ maxCount: 4 }) },
      { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 8 }) },
      { weight: 1, arbitrary: fc.nat(0xffff).map((unit) => String.fromCharCode(unit)) },
      { weight: 1, arbitrary: fc.json({ maxDepth: 2 }) },
    ),
    { maxLength: 40 },
  )
  .map((parts) => parts.join(''));

/** Whether a slice is more than blanks; U+0085 is one to the compressor, and to `trim` is not. */
export function hasWords(source: string, [start, end]: readonly [number, number]): boolean {
  return /[^\s\u0085]/.test(source.slice(start, end));
}

const many = 200_000;
const rising = Array.from({ length: 600 }, (_, at) => '`'.repeat(at));

/** Name and text: 200,000 words of each kind, or as many characters where there are no words. */
export const longTexts: readonly (readonly [name: string, text: string])[] = [
  ['prose', 'The café is closed, but not on 14 October. '.repeat(many / 9)],
  ['one token', 'a'.repeat(many)],
  ['tokens of 10,000 characters', `${'x'.repeat(10_000)} `.repeat(many / 1_000)],
  ['no blanks', '漢字かな。'.repeat(many / 5)],
  ['pairs', '😀𠮷 '.repeat(many)],
  ['halves of pairs', '\ud83d \ude00'.repeat(many)],
  ['right to left', 'مرحبا بالعالم! '.repeat(many / 2)],
  ['binary', '\u0000\u0001\u007f\ufffd \uffff\u0085'.repeat(many)],
  ['full stops', `${'.'.repeat(many)}a`],
  ['blank lines', '\n'.repeat(many)],
  ['short lines', 'a:\n'.repeat(many)],
  ['digits', '7'.repeat(many)],
  ['numbers', '7 '.repeat(many)],
  ['ranges', '7 to '.repeat(many / 2)],
  ['dates', '5 May '.repeat(many / 2)],
  ['negations', 'is not the '.repeat(many / 3)],
  ['quotation marks', '"a '.repeat(many)],
  ['an open fence', `\`\`\`\n${'word '.repeat(many)}`],
  ['fences', '```\n'.repeat(many)],
  ['fences of all lengths', rising.join('\n')],
  ['code marks of all lengths', rising.join(' ')],
  ['open braces', '{{a ${b {'.repeat(many / 3)],
  ['nested placeholders', '{{a '.repeat(many) + '}}'.repeat(many)],
  ['nested arrays', '['.repeat(many) + ']'.repeat(many)],
  ['objects that break', `${'{"a":'.repeat(many)}oops`],
  ['strings that break', `["${'["'.repeat(many)}`],
  ['open tags', '<a b="'.repeat(many)],
  ['tags', '<b>a</b>'.repeat(many / 4)],
  ['open comments', '<!--<%{%<![CDATA['.repeat(many / 4)],
  ['open keep regions', '<skimp keep>a '.repeat(many / 2)],
  ['addresses', 'www.a@a.a '.repeat(many)],
  ['open brackets', 'https://((((['.repeat(many / 10)],
];
