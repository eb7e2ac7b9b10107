import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createFolderHandler, serveModelFolder } from './model-folder.mjs';

const outer = mkdtempSync(join(tmpdir(), 'skimp-models-'));
const folder = join(outer, 'model');
const server = createServer();

beforeAll(async () => {
  mkdirSync(join(folder, 'onnx'), { recursive: true });
  writeFileSync(join(folder, 'manifest.json'), '{}');
  writeFileSync(join(folder, 'onnx/model.onnx'), Buffer.from([1, 2, 3]));
  writeFileSync(join(outer, 'secret'), '');
  const handler = createFolderHandler(folder);
  server.on('request', (request, response) => {
    handler(request, response, () => response.writeHead(204).end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterAll(() => {
  server.close();
  rmSync(outer, { recursive: true });
});

const url = '/models/compressor-under-test/';
const get = (path: string) =>
  fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`); // it listens

test("a model's files are served under the address that is told", async () => {
  expect(serveModelFolder(folder).url).toBe(url);
  const manifest = await get(`${url}manifest.json`);
  expect(manifest.headers.get('content-type')).toBe('application/json');
  expect(await manifest.json()).toEqual({});
  const model = await get(`${url}onnx/model.onnx`);
  expect([...new Uint8Array(await model.arrayBuffer())]).toEqual([1, 2, 3]);
});

test.each(['none.onnx', '', 'onnx', '..%2Fsecret', '%E0%A4%A'])(
  'what is no file in the folder is not found: "%s"',
  async (path) => {
    expect((await get(url + path)).status).toBe(404);
  },
);

test('other addresses are left to the server', async () => {
  expect((await get('/models/skimp-same-response/manifest.json')).status).toBe(204);
});

test('a folder without a manifest is refused', () => {
  expect(() => serveModelFolder(outer)).toThrow('has no manifest.json');
});
