import type { Guard } from './guard.js';
import type { PromptWords, Word } from './prompt-words.js';
import { createOppositionFinder, toDifference } from './term-table.js';

const findOpposed = createOppositionFinder(`
highest tallest maximum max/lowest minimum min shortest smallest
biggest largest greatest maximum most/smallest tiniest least fewest minimum
longest/shortest briefest
oldest eldest earliest first/newest latest youngest most_recent last final
best top finest greatest nicest/worst
most/least fewest
cheapest least_expensive most_affordable lowest/priciest costliest most_expensive highest
fastest quickest/slowest
easiest simplest/hardest toughest most_difficult
hottest warmest/coldest coolest
strongest/weakest
heaviest/lightest
thickest/thinnest
widest broadest/narrowest
deepest/shallowest
richest wealthiest/poorest
nearest closest/farthest furthest
brightest/darkest
loudest/quietest
safest/deadliest
driest/wettest
busiest/quietest
happiest/saddest
smartest/dumbest
highest_paid/lowest_paid
hardest/softest
upper uppermost top/lower lowermost bottom
first/second/third/fourth/fifth/last final
northernmost/southernmost/easternmost/westernmost
innermost/outermost
majority most/minority
`);
/** How much else the prompts must agree in for a veto. */
const certainFrom = 0.75;

/** The highest is not the lowest, and the first is not the last. */
export const superlatives: Guard = {
  name: 'superlatives',
  check(a, b) {
    // "the least painful" is "the most painless".
    const sameScale = findOpposed(a, b).filter(
      ({ inA, inB }) => !isDegree(inA) || !isDegree(inB) || nextStem(a, inA) === nextStem(b, inB),
    );
    return toDifference(sameScale, certainFrom);
  },
};

function isDegree(words: readonly Word[]): boolean {
  return /^(?:most|least|fewest)$/.test(words[0]?.lower ?? '');
}

function nextStem(prompt: PromptWords, words: readonly Word[]): string | undefined {
  const [first] = words;
  return first && prompt.words[prompt.words.indexOf(first) + words.length]?.stem;
}
