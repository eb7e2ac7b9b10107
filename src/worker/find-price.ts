import type { ModelPrice, Prices } from '../shared/savings.js';
import { listPrices } from './price-table.js';

/** The date that ends the name of a snapshot: `gpt-4o-2024-08-06`, `claude-haiku-4-5-20251001`. */
const SNAPSHOT_DATE = /-(?:\d{4}-\d{2}-\d{2}|\d{8})$/;

/**
 * The price of a model by one of its names. A snapshot has its own price, or that of the name
 * without its date; no other part of a name is ever left out. What the app says goes before the
 * table.
 *
 * @param models - The most telling first.
 * @returns `undefined` for a model that is not known.
 */
export function findPrice(models: readonly string[], appPrices: Prices): ModelPrice | undefined {
  const tables = [appPrices, listPrices];
  const names = models.flatMap((model) => [model, model.replace(SNAPSHOT_DATE, '')]);
  for (const table of tables) {
    const name = names.find((known) => Object.hasOwn(table, known));
    if (name !== undefined) return table[name];
  }
  return undefined;
}
