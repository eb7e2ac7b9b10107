import { toWordSet } from './word-lists.js';

/** Beginnings that say the opposite of the bare word. */
const negatingPrefixes = 'un in im il ir dis non de mis anti ab counter'.split(' ');
/** Beginnings that exclude each other before the same rest: hypertension, hypotension. */
const prefixSets =
  'hyper hypo;over under;pre post ante;intra inter extra;in out;up down;in ex;im ex;im em;en ' +
  'de;in de;ac de;as de;ap de;macro micro;pro anti con;mono bi tri poly multi uni;single ' +
  'multi double;tachy brady;endo exo ecto;homo hetero;sub super;on off;fore back;front ' +
  'back;intro extro;maxi mini;max min;bene male;con di;en dis;iso aniso;north south east ' +
  'west;eu dys;ab ad;upper lower;high low;left right;top bottom;pro re;self auto;full half ' +
  'part;indoor outdoor;pos neg;opti pessi;phil phob;ortho para meta;cis trans;syn anti;step ' +
  'grand great;ever never;for against;first last';
const opposites = toOpposites(prefixSets);
/** Words that only look prefixed, or whose prefixed form means the same. */
const lookalikes = toWordSet(
  'inflammable invaluable income inform until input invest intend instance instead inside ' +
    'indeed into despite detail delay depend deliver describe design desire develop device ' +
    'disease unless union unit unite inhabit incite abut import impress improve decrease ' +
    'defined demand derive determine missing under unlike defence defense depart',
);
/** How long a rest must be to be a word of its own. */
const minRest = 3;

function toOpposites(sets: string): ReadonlyMap<string, ReadonlySet<string>> {
  const map = new Map<string, Set<string>>();
  for (const set of sets.split(';')) {
    const prefixes = set.split(' ');
    for (const prefix of prefixes) {
      const others = map.get(prefix) ?? new Set();
      for (const other of prefixes) if (other !== prefix) others.add(other);
      map.set(prefix, others);
    }
  }
  return map;
}

/** `available` and `unavailable`: one is the other with a negating prefix. */
export function isOppositeByPrefix(x: string, y: string): boolean {
  const [base, prefixed] = x.length < y.length ? [x, y] : [y, x];
  if (base.length < 4 || !prefixed.endsWith(base) || lookalikes.has(prefixed)) return false;
  return negatingPrefixes.includes(prefixed.slice(0, -base.length).replace(/-$/, ''));
}

/** `hypertension` and `hypotension`, `careful` and `careless`, `lessor` and `lessee`. */
export function isOppositeByAffix(x: string, y: string): boolean {
  if (x.endsWith('less') || y.endsWith('less')) return isOppositeBySuffix(x, y);
  if (isDoerAndDone(x, y) || isDoerAndDone(y, x)) return true;
  const shared = sharedEnding(x, y);
  if (shared < minRest) return false;
  // The prefixes may share their last letters: hyper- and under- before the same rest.
  for (let rest = shared; rest >= minRest; rest--) {
    const prefix = x.slice(0, x.length - rest);
    if (opposites.get(prefix)?.has(y.slice(0, y.length - rest))) return true;
  }
  return false;
}

function isOppositeBySuffix(x: string, y: string): boolean {
  const [present, without] = x.endsWith('less') ? [y, x] : [x, y];
  const root = without.slice(0, -4);
  return root.length >= minRest && [root, `${root}ful`, `${root}s`].includes(present);
}

/** `lessor / lessee`, `trainer / trainee`. */
function isDoerAndDone(x: string, y: string): boolean {
  const doer = /^(.{3,})[eo]rs?$/.exec(x)?.[1];
  return doer !== undefined && /^(.{3,})ees?$/.exec(y)?.[1] === doer;
}

function sharedEnding(x: string, y: string): number {
  let length = 0;
  while (length < Math.min(x.length, y.length) && x.at(-1 - length) === y.at(-1 - length)) length++;
  return length;
}
