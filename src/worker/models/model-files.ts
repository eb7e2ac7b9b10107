import { SkimpError, toSkimpError } from '../../shared/errors.js';
import { toHex } from '../../shared/to-hex.js';
import { SHARED } from './manifest-checks.js';
import type { ListedFiles, ModelFile } from './manifest-checks.js';

/** Cache Storage that keeps verified model files across visits. */
const CACHE_NAME = 'skimp-models';

/** Told after each chunk; bytes of all files asked for together. */
export type ProgressListener = (loadedBytes: number, totalBytes: number) => void;

/** Throws {@link SkimpError} `model-load-failed` for what is no such manifest. */
export type ManifestCheck<M extends ListedFiles> = (value: unknown) => asserts value is M;

/** Fetches a model folder's files and lets none through that is not what the manifest says. */
export interface ModelFiles<M extends ListedFiles> {
  /** @throws {@link SkimpError} `model-load-failed`. */
  readManifest(): Promise<M>;
  /** Whether all of `paths` can be had without the network. */
  areCached(manifest: M, paths: readonly string[]): Promise<boolean>;
  /**
   * Files by path, verified by size and sha256, from Cache Storage or else the network.
   *
   * @throws {@link SkimpError} `model-load-failed`.
   */
  read(
    manifest: M,
    paths: readonly string[],
    onProgress: ProgressListener,
  ): Promise<ReadonlyMap<string, Uint8Array<ArrayBuffer>>>;
}

/**
 * @param folderUrl - Absolute, with a closing slash.
 * @param assertManifest - Checks what the folder's `manifest.json` holds.
 */
export function createModelFiles<M extends ListedFiles>(
  folderUrl: string,
  assertManifest: ManifestCheck<M>,
): ModelFiles<M> {
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
      const files = new Map<string, Uint8Array<ArrayBuffer>>();
      for (const path of paths) {
        const file = fileOf(manifest, path);
        const request = {
          url: toFileUrl(folderUrl, manifest, path),
          cacheUrl: toCacheUrl(folderUrl, manifest, path),
          file,
          onBytes: (bytes: number) => onProgress(loadedBytes + bytes, totalBytes),
        };
        // One tab downloads, the others wait and find the file in the cache.
        const bytes = await withLock(
          request.cacheUrl,
          async () => (await readCached(cache, request)) ?? (await download(cache, request)),
        );
        loadedBytes += bytes.byteLength;
        onProgress(loadedBytes, totalBytes);
        files.set(path, bytes);
      }
      void deleteOldFiles(cache, folderUrl, manifest).catch(() => {}); // a later visit tries again
      return files;
    },
  };
}

type FileRequest = {
  readonly url: string;
  readonly cacheUrl: string;
  readonly file: ModelFile;
  /** Told the bytes of this file that are here. */
  readonly onBytes: (bytes: number) => void;
};

function fileOf({ files, shared }: ListedFiles, path: string): ModelFile {
  const file = path.startsWith(SHARED) ? shared?.files[path.slice(SHARED.length)] : files[path];
  if (file === undefined)
    throw new SkimpError('model-load-failed', `${path} is not in the manifest`);
  return file;
}

function toFileUrl(folderUrl: string, { shared }: ListedFiles, path: string): string {
  if (shared === undefined || !path.startsWith(SHARED)) return folderUrl + path;
  return new URL(shared.folder, folderUrl).href + path.slice(SHARED.length);
}

/** The digest in the address: a new revision never meets an old file. */
function toCacheUrl(folderUrl: string, manifest: ListedFiles, path: string): string {
  return `${toFileUrl(folderUrl, manifest, path)}?sha256=${fileOf(manifest, path).sha256}`;
}

/** The network's manifest when there is one, else that of the last visit: offline works. */
async function readManifestJson(url: string): Promise<unknown> {
  const cache = await openCache();
  try {
    const response = await fetchOk(url, 'no-cache');
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

/** Frees the disk of what an earlier revision of this folder left; a neighbour's files are its own. */
async function deleteOldFiles(
  cache: Cache | undefined,
  folderUrl: string,
  manifest: ListedFiles,
): Promise<void> {
  const paths = Object.keys(manifest.files);
  const current = new Set(paths.map((path) => toCacheUrl(folderUrl, manifest, path)));
  for (const { url } of (await cache?.keys()) ?? []) {
    const isOurs = url.startsWith(folderUrl) && url.includes('?sha256=');
    if (isOurs && !current.has(url)) await cache?.delete(url);
  }
}

async function withLock<T>(name: string, work: () => Promise<T>): Promise<T> {
  // Insecure contexts have no locks, opaque origins refuse them.
  const canLock = 'locks' in navigator && self.origin !== 'null';
  return canLock ? await navigator.locks.request(`skimp-model:${name}`, work) : await work();
}

async function readCached(
  cache: Cache | undefined,
  { cacheUrl, file }: FileRequest,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const response = await cache?.match(cacheUrl);
  if (response === undefined) return undefined;
  const bytes = new Uint8Array(await response.arrayBuffer());
  if ((await toSha256(bytes)) === file.sha256) return bytes;
  await cache?.delete(cacheUrl); // damaged on disk: the network has the right one
  return undefined;
}

async function download(
  cache: Cache | undefined,
  request: FileRequest,
): Promise<Uint8Array<ArrayBuffer>> {
  // The second try passes by the HTTP cache, which may hold half a file of a visit that broke off.
  const bytes = await downloadOnce(request, 'default').catch(() => downloadOnce(request, 'reload'));
  // A full disk means a download on the next visit.
  await cache?.put(request.cacheUrl, new Response(bytes)).catch(() => {});
  return bytes;
}

async function downloadOnce(
  { url, file, onBytes }: FileRequest,
  cacheMode: RequestCache,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(file.bytes);
  const response = await fetchOk(url, cacheMode);
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
    onBytes(length);
  }
  if (length === file.bytes && (await toSha256(bytes)) === file.sha256) return bytes;
  throw new SkimpError('model-load-failed', `${url}: not the file that the manifest names`);
}

async function fetchOk(url: string, cacheMode: RequestCache): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url, { cache: cacheMode });
  } catch (cause) {
    throw new SkimpError('model-load-failed', `${url}: cannot be fetched`, { cause });
  }
  if (response.ok) return response;
  throw new SkimpError('model-load-failed', `${url}: HTTP ${response.status}`);
}

async function toSha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));
}
