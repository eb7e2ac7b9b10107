import { SkimpError } from '../shared/errors.js';

/** What a value must be, for the machine and for people. */
export type Check = { readonly is: (value: unknown) => boolean; readonly want: string };

/** Both ends included. */
export const isNumberIn = (min: number, max: number) => (value: unknown) =>
  typeof value === 'number' && value >= min && value <= max;

export const flag: Check = { is: (value) => typeof value === 'boolean', want: 'a boolean' };
export const name: Check = {
  is: (value) => typeof value === 'string' && value !== '',
  want: 'a string that is not empty',
};
export const url: Check = {
  is: (value) => (typeof value === 'string' && value !== '') || value instanceof URL,
  want: 'a URL or a string that is not empty',
};
export const callback: Check = {
  is: (value) => typeof value === 'function',
  want: 'a function',
};
export const milliseconds: Check = {
  is: isNumberIn(1, Number.MAX_SAFE_INTEGER),
  want: 'a number of milliseconds, 1 or more',
};

/** By name of the model; see `Prices`. */
export const prices: Check = {
  is: (value) => isObject(value) && Object.values(value).every(isPrice),
  want: 'an object of { inputPerMillion, outputPerMillion } by model, each a number from 0 on',
};

function isPrice(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { inputPerMillion, outputPerMillion, ...unknown } = value;
  const isAmount = isNumberIn(0, Number.MAX_VALUE);
  return (
    isAmount(inputPerMillion) && isAmount(outputPerMillion) && Object.keys(unknown).length === 0
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function oneOf(values: readonly string[]): Check {
  const [last, ...others] = values.map((value) => `'${value}'`).toReversed();
  return {
    is: (value) => values.some((known) => known === value),
    want: `${others.toReversed().join(', ')} or ${last}`,
  };
}

export type CheckedFields = {
  readonly checks: Readonly<Record<string, Check>>;
  /** Keys whose value must not be undefined. */
  readonly required: readonly string[];
};

/** @throws {@link SkimpError} `invalid-option` for a value out of range or a key that is unknown. */
export function assertFields(given: object, { checks, required }: CheckedFields): void {
  const missing = Object.fromEntries(required.map((key) => [key, undefined]));
  for (const [key, value] of Object.entries({ ...missing, ...given })) {
    const check = Object.hasOwn(checks, key) ? checks[key] : undefined;
    if (check === undefined) {
      const known = Object.keys(checks).join(', ');
      throw new SkimpError('invalid-option', `unknown option ${key}; known are ${known}`);
    }
    if (value === undefined && !required.includes(key)) continue;
    if (!check.is(value)) {
      throw new SkimpError('invalid-option', `${key} must be ${check.want}, got ${show(value)}`);
    }
  }
}

function show(value: unknown): string {
  return typeof value === 'string' ? `'${value}'` : String(value);
}
