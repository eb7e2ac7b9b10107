import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { PageProps } from './page-props.js';
import { pageSources } from './pages.js';
import { type Route, routes, routeTitles } from './router.js';
import type { SkimpHost } from './skimp-host.js';
import type { Store } from './store.js';
import { PageFrame } from './views/page-frame.js';
import { TopBar } from './views/top-bar.js';
import { useStore } from './views/use-store.js';

export type AppProps = Omit<PageProps, 'announce' | 'isActive'> & {
  router: Store<{ readonly route: Route }>;
};

/** The shell: navigation, the pages that were visited, and what screen readers are told. */
export function App({ router, ...shared }: AppProps): JSX.Element {
  const { route } = useStore(router);
  const visited = useVisited(route);
  const [announcement, announce] = useState('');
  const first = useRef(route);
  const hasMoved = useRef(false);
  hasMoved.current ||= route !== first.current;
  useEffect(() => {
    document.title = `${routeTitles[route]} - skimp, an LLM optimizer in the page`;
  }, [route]);
  useScrollMemory(route);
  useCompressor(shared.host, route);
  return (
    <>
      <TopBar route={route} host={shared.host} />
      <main>
        {routes
          .filter((one) => visited.has(one))
          .map((one) => (
            <PageFrame
              key={one}
              route={one}
              source={pageSources[one]}
              takesFocus={hasMoved.current}
              page={{ ...shared, announce, isActive: one === route }}
            />
          ))}
      </main>
      <p class="visually-hidden" role="status" data-testid="announcement">
        {announcement}
      </p>
    </>
  );
}

function useVisited(route: Route): ReadonlySet<Route> {
  const visited = useRef(new Set<Route>());
  visited.current.add(route);
  return visited.current;
}

/** Loads the compressor's model when its page is first shown. */
function useCompressor(host: SkimpHost, route: Route): void {
  const isWanted = useRef(!host.asksFirst);
  useEffect(() => {
    if (route !== 'compressor' || !isWanted.current) return;
    isWanted.current = false; // who cancels the download is not asked again
    void host.load('compressor');
  }, [host, route]);
}

/** Each page is found again where it was left. */
function useScrollMemory(route: Route): void {
  const current = useRef(route);
  const positions = useRef(new Map<Route, number>());
  useEffect(() => {
    history.scrollRestoration = 'manual';
    const remember = () => positions.current.set(current.current, scrollY);
    addEventListener('scroll', remember, { passive: true });
    return () => removeEventListener('scroll', remember);
  }, []);
  useLayoutEffect(() => {
    current.current = route;
    scrollTo(0, positions.current.get(route) ?? 0);
  }, [route]);
}
