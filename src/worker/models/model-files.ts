import { SkimpError, toSkimpError } from '../../shared/errors.js';
import type { ModelFile, ModelManifest } from './manifest.js';
import { assertManifest } from './manifest.js';

/** Cache Storage that keeps verified model files across visits. */
const CACHE_NAME = 'skimp-models';

/** Told after each chunk; bytes of all files asked for together. */
export type ProgressListener = (loadedBytes: number, totalBytes: number) => void;

/** Fetches a model folder's files and lets none through that is not what the manifest says. */
export interface ModelFiles {
  /** @throws {@link SkimpError} `model-load-failed`. */
  readManifest(): Promise<ModelManifest>;
  /** Whether all of `paths` can be had without the network. */
  areCached(manifest: ModelManifest, paths: readonly string[]): Promise<boolean>;
  /**
   * Files by path, verified by size and sha256, from Cache Storage or else the network.
   *
   * @throws {@link SkimpError} `model-load-failed`.
   */
  read(
    manifest: ModelManifest,
    paths: readonly string[],
    onProgress: ProgressListener,
  ): Promise<ReadonlyMap<string, Uint8Array<ArrayBuffer>>>;
}

/** @param folderUrl - Absolute, with a closing slash. */
export function createModelFiles(folderUrl: string): ModelFiles {
  return {
    async readManifest() {
      const manifest: unknown = await readManifestJson(`${folderUrl}manifest.json`);
      assertManifest(manifest);
      return manifest;
    },
    async areCached(manifest, paths) {
      const cache = await openCache();
      const found = paths.map((path) => cache?.match(toCacheUrl(folderUrl, manifest, path)));
      return (await Promise.all(found)).every((response) => response !== undefined);
    },
    async read(manifest, paths, onProgress) {
      const cache = await openCache();
      const totalBytes = paths.reduce((sum, path) => sum + fileOf(manifest, path).bytes, 0);
      let loadedBytes = 0;
      const onChunk = (bytes: number) => {
        loadedBytes += bytes;
        onProgress(loadedBytes, totalBytes);
      };
      const files = new Map<string, Uint8Array<ArrayBuffer>>();
      for (const path of paths) {
        const file = fileOf(manifest, path);
        const cacheUrl = toCacheUrl(folderUrl, manifest, path);
        files.set(
          path,
          (await readCached(cache, cacheUrl, file, onChunk)) ??
            (await download(cache, { url: folderUrl + path, cacheUrl, file, onChunk })),
        );
      }
      return files;
    },
  };
}

function fileOf(manifest: ModelManifest, path: string): ModelFile {
  const file = manifest.files[path];
  if (file === undefined)
    throw new SkimpError('model-load-failed', `${path} is not in the manifest`);
  return file;
}

/** The digest in the address: a new revision never meets an old file. */
function toCacheUrl(folderUrl: string, manifest: ModelManifest, path: string): string {
  return `${folderUrl}${path}?sha256=${fileOf(manifest, path).sha256}`;
}

/** The network's manifest when there is one, else that of the last visit: offline works. */
async function readManifestJson(url: string): Promise<unknown> {
  const cache = await openCache();
  try {
    const response = await fetchOk(url);
    const copy = response.clone();
    const json: unknown = await response.json();
    await cache?.put(url, copy).catch(() => {}); // a full disk: load again next time
    return json;
  } catch (error) {
    const cached = await cache?.match(url);
    if (cached === undefined) throw toSkimpError(error, 'model-load-failed');
    return cached.json();
  }
}

/** `undefined` where there is none: an opaque origin, an insecure context, a private window. */
async function openCache(): Promise<Cache | undefined> {
  try {
    return await caches.open(CACHE_NAME);
  } catch {
    return undefined;
  }
}

async function readCached(
  cache: Cache | undefined,
  cacheUrl: string,
  file: ModelFile,
  onChunk: (bytes: number) => void,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const response = await cache?.match(cacheUrl);
  if (response === undefined) return undefined;
  const bytes = new Uint8Array(await response.arrayBuffer());
  if ((await toSha256(bytes)) !== file.sha256) {
    await cache?.delete(cacheUrl); // damaged on disk: the network has the right one
    return undefined;
  }
  onChunk(bytes.byteLength);
  return bytes;
}

type Download = {
  readonly url: string;
  readonly cacheUrl: string;
  readonly file: ModelFile;
  readonly onChunk: (bytes: number) => void;
};

async function download(
  cache: Cache | undefined,
  { url, cacheUrl, file, onChunk }: Download,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(file.bytes);
  const response = await fetchOk(url);
  const reader = (response.body ?? new Blob().stream()).getReader();
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read().catch((error: unknown) => {
      throw new SkimpError('model-load-failed', `${url}: the download broke off`, { cause: error });
    });
    if (done) break;
    if (length + value.byteLength > file.bytes) {
      await reader.cancel();
      throw new SkimpError(
        'model-load-failed',
        `${url}: longer than the ${file.bytes} bytes named`,
      );
    }
    bytes.set(value, length);
    length += value.byteLength;
    onChunk(value.byteLength);
  }
  if (length !== file.bytes || (await toSha256(bytes)) !== file.sha256) {
    throw new SkimpError('model-load-failed', `${url}: not the file that the manifest names`);
  }
  // Not awaited: the model starts meanwhile. A full disk means a download on the next visit.
  cache?.put(cacheUrl, new Response(bytes)).catch(() => {});
  return bytes;
}

async function fetchOk(url: string): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url);
  } catch (cause) {
    throw new SkimpError('model-load-failed', `${url}: cannot be fetched`, { cause });
  }
  if (response.ok) return response;
  throw new SkimpError('model-load-failed', `${url}: HTTP ${response.status}`);
}

async function toSha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
