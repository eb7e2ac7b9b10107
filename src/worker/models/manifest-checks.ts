import { SkimpError } from '../../shared/errors.js';

/** Ways to run a model; all share its weights. */
export type VariantName = 'wasm' | 'webgpu-fp16' | 'webgpu-fp32';

export type ModelFile = { readonly sha256: string; readonly bytes: number };

/** A file of weights that a graph reads: what the graph calls it, and where it lies. */
export type WeightsFile = { readonly name: string; readonly path: string };

export type ModelVariant = {
  readonly dtype: string;
  /** Path of the ONNX graph. */
  readonly graph: string;
  /**
   * The files that hold its weights, when they are not in the graph; one that is only a path is
   * called by its last part.
   */
  readonly externalData: readonly (string | WeightsFile)[];
};

/** The variants that a model has; none lacks `wasm`. */
export type ModelVariants = Readonly<
  Partial<Record<VariantName, ModelVariant>> & { readonly wasm: ModelVariant }
>;

/** Files of a neighbouring folder that a model uses too: downloaded and kept once. */
export type SharedFiles = {
  /** `../name/`, and nothing else. */
  readonly folder: string;
  readonly files: Readonly<Record<string, ModelFile>>;
};

/** What can be fetched for a model. */
export type ListedFiles = {
  readonly id: string;
  readonly files: Readonly<Record<string, ModelFile>>;
  /** Paths to them begin with {@link SHARED}. */
  readonly shared?: SharedFiles;
};

/** Begins the path of a file that lies in the neighbouring folder. */
export const SHARED = 'shared:';

export type Fields = Readonly<Record<string, unknown>>;

/** What every manifest says. @returns its files by the paths that name them. */
export function assertListedFiles(manifest: Fields): Fields {
  need(isText(manifest['id']), 'id must be a string');
  need(isText(manifest['revision']), 'revision must be a string');
  need(isCount(manifest['maxTokens']), 'maxTokens must be a positive integer');
  const files = toFields(manifest['files'], 'files');
  for (const [path, file] of Object.entries(files)) assertFile(path, file);
  return manifest['shared'] === undefined
    ? files
    : { ...files, ...assertShared(manifest['shared']) };
}

function assertShared(value: unknown): Fields {
  const shared = toFields(value, 'shared');
  const { folder } = shared;
  // Of all folders above and beside this one, only its neighbours can be named.
  const isNeighbour = typeof folder === 'string' && /^\.\.\/[a-z\d][\w.-]*\/$/i.test(folder);
  need(isNeighbour, "shared: folder must be '../name/'");
  const files = toFields(shared['files'], 'shared: files');
  for (const [path, file] of Object.entries(files)) assertFile(path, file);
  return Object.fromEntries(Object.entries(files).map(([path, file]) => [SHARED + path, file]));
}

function assertFile(path: string, value: unknown): void {
  const file = toFields(value, `files['${path}']`);
  const { sha256, bytes } = file;
  need(typeof sha256 === 'string' && /^[0-9a-f]{64}$/.test(sha256), `${path}: sha256 is no digest`);
  need(isCount(bytes), `${path}: bytes must be a positive integer`);
  // A manifest from elsewhere must not make the worker fetch outside its folder.
  const isInside = !/^\/|\\|^[a-z]+:|(^|\/)\.\.(\/|$)/i.test(path);
  need(isInside, `${path}: a file must lie in the model's folder`);
}

/** @param files - What {@link assertListedFiles} returned. */
export function assertVariants(
  value: unknown,
  files: Fields,
  field: string,
): asserts value is ModelVariants {
  const variants = toFields(value, field);
  need('wasm' in variants, `${field} must have wasm`);
  for (const [name, described] of Object.entries(variants)) {
    const variant = toFields(described, `${field}['${name}']`);
    need(isText(variant['dtype']), `${field}: ${name}: dtype must be a string`);
    assertPaths([variant['graph']], files, `${field}: ${name}: graph`);
    const external = variant['externalData'];
    need(Array.isArray(external), `${field}: ${name}: externalData must be a list`);
    const paths = external.map((entry: unknown) => toWeightsPath(entry, `${field}: ${name}`));
    assertPaths(paths, files, `${field}: ${name}: externalData`);
  }
}

function toWeightsPath(entry: unknown, field: string): unknown {
  if (typeof entry === 'string') return entry;
  const { name, path } = toFields(entry, `${field}: externalData`);
  const isName = typeof name === 'string' && /^[\w-][\w.-]*$/.test(name);
  need(isName, `${field}: externalData: name must be a file's name`);
  return path;
}

/** @param files - What {@link assertListedFiles} returned. */
export function assertPaths(
  value: unknown,
  files: Fields,
  field: string,
): asserts value is readonly string[] {
  need(Array.isArray(value), `${field} must be a list`);
  const isListed = (path: unknown) => typeof path === 'string' && Object.hasOwn(files, path);
  need(value.every(isListed), `${field} names a file that files does not list`);
}

/** @param files - What {@link assertListedFiles} returned. */
export function assertTokenizer(
  value: unknown,
  files: Fields,
): asserts value is readonly [string, string] {
  assertPaths(value, files, 'tokenizer');
  need(value.length === 2, 'tokenizer must name two files');
}

/** @throws {@link SkimpError} `model-load-failed` unless `condition` holds. */
export function need(condition: boolean, problem: string): asserts condition {
  if (!condition) throw new SkimpError('model-load-failed', `model manifest: ${problem}`);
}

export function toFields(value: unknown, field: string): Fields {
  need(typeof value === 'object' && value !== null, `${field} must be an object`);
  return value as Fields; // any object can be read by its keys
}

export const isText = (value: unknown) => typeof value === 'string' && value !== '';
export const isFinite = (value: unknown) => Number.isFinite(value); // of a number only
export const isCount = (value: unknown) => Number.isSafeInteger(value) && Number(value) > 0;
export const isShare = (value: unknown) => typeof value === 'number' && value >= 0 && value <= 1;
