import { toWordSet } from './word-lists.js';

/** Words that carry grammar rather than subject; two prompts may differ in them freely. */
const functionWords = toWordSet(
  'a an the this that these those some any each every all both such own other another same so ' +
    'i me my mine myself you your yours yourself we us our ours he him his she her hers it its ' +
    'they them their theirs one ones someone somebody something anyone anybody anything everyone ' +
    'who whom whose which what when where why how whatever whichever there here ' +
    'am is are was were be been being do does did done doing have has had having can could may ' +
    'might must shall should will would ought need get gets got getting ' +
    'and or but nor if then than as at by for from in into of off on onto out over to up with ' +
    'about around across after before between during through per via upon within among toward ' +
    'towards under because since while until though although whether also too very just really ' +
    'please tell explain give know want like mean say let lets make ' +
    "i'm i've i'd i'll you're you've we're we've they're it's that's what's there's im ive " +
    'not no yes ok okay hi hello hey thanks thank',
);

export function isFunctionWord(lower: string): boolean {
  return functionWords.has(lower);
}
