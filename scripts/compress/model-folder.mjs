/** Serves a compressor that is not the shipped one. */
import { createReadStream, existsSync, realpathSync, statSync } from 'node:fs';
import { basename, extname, join, sep } from 'node:path';

/** @typedef {import('node:http').IncomingMessage} Request */
/** @typedef {import('node:http').ServerResponse} Response */

/** Beside the shipped models: a manifest names the folder of shared files relative to its own. */
const PREFIX = '/models/compressor-under-test/';

/**
 * @param {string} folder with `manifest.json`
 * @returns {{ url: string, plugin: import('vite').Plugin }} its path on the preview server
 * @throws when it holds no manifest
 */
export function serveModelFolder(folder) {
  if (!existsSync(join(folder, 'manifest.json'))) {
    throw new Error(`${folder} has no manifest.json`);
  }
  const handler = createFolderHandler(folder);
  const plugin = {
    name: `skimp-model-${basename(folder)}`,
    /** @param {import('vite').PreviewServer} server */
    configurePreviewServer: (server) => void server.middlewares.use(handler),
  };
  return { url: PREFIX, plugin };
}

/**
 * @param {string} folder
 * @returns {(request: Request, response: Response, next: () => void) => void}
 */
export function createFolderHandler(folder) {
  const base = realpathSync(folder) + sep;
  return (request, response, next) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    if (!pathname.startsWith(PREFIX)) {
      next();
      return;
    }
    const file = toFile(base, pathname.slice(PREFIX.length));
    if (file === undefined) {
      // The preview server would answer with a page.
      response.writeHead(404).end();
      return;
    }
    const type = extname(file) === '.json' ? 'application/json' : 'application/octet-stream';
    response.writeHead(200, { 'content-type': type, 'content-length': statSync(file).size });
    createReadStream(file).pipe(response);
  };
}

/**
 * @param {string} base real path, with a separator at its end
 * @param {string} path as in a URL
 * @returns {string | undefined} a file in the folder, undefined where there is none
 */
function toFile(base, path) {
  let file;
  try {
    file = join(base, decodeURIComponent(path));
  } catch {
    return undefined; // no such encoding
  }
  if (!file.startsWith(base) || !existsSync(file) || !statSync(file).isFile()) return undefined;
  return file;
}
