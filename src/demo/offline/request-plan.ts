/** The built files, relative to the scope of the service worker. */
export type DemoFiles = {
  /** Kept as soon as the page runs. */
  readonly ahead: readonly string[];
  /** Large ones, of which a browser needs one or none: kept when they are first fetched. */
  readonly later: readonly string[];
};

/** How the service worker answers a request; `pass`: it does not. */
export type RequestPlan = 'kept-first' | 'network-first' | 'pass';

/** Models are kept by skimp's own worker, and what is not of this page is none of ours. */
export function toPlan(
  { url, method, mode }: Pick<Request, 'url' | 'method' | 'mode'>,
  scope: URL,
  { ahead, later }: DemoFiles,
): RequestPlan {
  const { href, origin, pathname } = new URL(url);
  if (method !== 'GET' || origin !== scope.origin) return 'pass';
  const isPage = pathname === scope.pathname || pathname === `${scope.pathname}index.html`;
  if (mode === 'navigate') return isPage ? 'network-first' : 'pass';
  const isFile = (file: string) => new URL(file, scope).href === href;
  return ahead.some(isFile) || later.some(isFile) ? 'kept-first' : 'pass';
}
