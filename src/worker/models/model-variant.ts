import type { ModelVariant, WeightsFile } from './manifest-checks.js';

/** What a graph calls a file of its weights, and where this lies. */
export function toWeightsFile(entry: string | WeightsFile): WeightsFile {
  if (typeof entry !== 'string') return entry;
  return { name: entry.slice(entry.lastIndexOf('/') + 1), path: entry }; // a graph names its neighbours
}

/** Paths of all that a variant is run from, the graph's first. */
export function variantPaths({ graph, externalData }: ModelVariant): readonly string[] {
  return [graph, ...externalData.map((entry) => toWeightsFile(entry).path)];
}
