/**
 * Says why a request did not get through. A browser tells a page no more than "failed": whether the
 * server is down, unknown, or forbids other pages to read its answers looks the same to it.
 *
 * @param error - What `fetch` threw.
 * @param url - Of the request, absolute or not.
 * @param page - The page's own URL.
 */
export function explainFailure(error: unknown, url: string, page: string): string {
  const target = URL.canParse(url, page) ? new URL(url, page) : undefined;
  const here = new URL(page);
  if (!(error instanceof TypeError) || target === undefined) {
    return `The upstream cannot be reached: ${String(error)}`;
  }
  if (target.origin === here.origin) {
    return 'The server of this page cannot be reached: is it still running?';
  }
  const reasons = [
    'it is not running or the address is wrong',
    `it does not allow requests from other pages (CORS): it has to answer with access-control-allow-origin for ${here.origin}, for the preflight of its headers, too`,
  ];
  if (here.protocol === 'https:' && target.protocol === 'http:' && !isLocal(target)) {
    reasons.unshift('this page came by HTTPS, so the browser refuses an address with plain HTTP');
  }
  return `The upstream ${target.origin} cannot be reached. The browser does not say why. Either ${reasons.join(', or ')}.`;
}

function isLocal({ hostname }: URL): boolean {
  return hostname === 'localhost' || hostname === '127.0.0.1' || hostname === '[::1]';
}
