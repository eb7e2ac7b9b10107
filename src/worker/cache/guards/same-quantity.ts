import type { Quantity } from './read-quantities.js';
import { toWordMap } from './word-lists.js';

/** Units that are whole multiples of others: `24 hours` are `1 day`. */
const multiples = toWordMap(
  'minute=60*second hour=3600*second day=86400*second week=604800*second year=12*month ' +
    'decade=120*month century=1200*month cm=10*mm meter=1000*mm km=1000000*mm mg=1000*mcg ' +
    'gram=1000000*mcg kg=1000000000*mcg liter=1000*ml kw=1000*watt khz=1000*hz mhz=1000000*hz ' +
    'ghz=1000000000*hz second=1*second month=1*month mm=1*mm mcg=1*mcg ml=1*ml watt=1*watt ' +
    'hz=1*hz ms=0.001*second',
);
/** Money or weight: only the rest of the prompt tells. */
const pounds = new Set(['gbp', 'lb']);

/** People leave units out (`I am 30`), but 10 and 10 % are never the same thing. */
export function isSameQuantity(x: Quantity, y: Quantity): boolean {
  if (x.value !== y.value) return isSameInBase(x, y);
  return (
    x.unit === y.unit ||
    (isOmissible(x, y) && x.unit !== 'percent' && y.unit !== 'percent') ||
    (x.unit === 'pound' && pounds.has(y.unit)) ||
    (y.unit === 'pound' && pounds.has(x.unit))
  );
}

function isSameInBase(x: Quantity, y: Quantity): boolean {
  const [inX, inY] = [toBase(x), toBase(y)];
  return inX !== undefined && inX === inY;
}

/** `86400 second` for a day, undefined for units without multiples. */
function toBase({ value, unit }: Quantity): string | undefined {
  const [factor, base] = multiples.get(unit)?.split('*') ?? [];
  const amount = Number(value) * Number(factor);
  return base === undefined || Number.isNaN(amount) ? undefined : `${amount} ${base}`;
}

function isOmissible(x: Quantity, y: Quantity): boolean {
  return x.unit === '' || y.unit === '';
}
