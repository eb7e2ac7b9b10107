import { SkimpError } from '../shared/errors.js';
import { type Endpoints, wireNames } from './wire/endpoints.js';

/** @throws {@link SkimpError} `invalid-option` for an unknown format. */
export function resolveEndpoints(endpoints: Endpoints): Endpoints {
  const known: ReadonlySet<unknown> = new Set([...wireNames, false]);
  if (typeof endpoints !== 'object' || endpoints === null) {
    throw new SkimpError('invalid-option', 'endpoints must be an object');
  }
  for (const [path, name] of Object.entries(endpoints)) {
    if (known.has(name)) continue;
    const message = `endpoints['${path}'] must be false or one of ${wireNames.join(', ')}`;
    throw new SkimpError('invalid-option', message);
  }
  return { ...endpoints };
}
