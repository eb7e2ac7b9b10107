import type { ComponentType, JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { PageProps } from '../page-props.js';
import type { PageSource } from '../pages.js';
import { type Route, routeTitles } from '../router.js';

type FrameProps = {
  route: Route;
  source: PageSource;
  /** Whether the user came here from another page: then the heading gets the focus. */
  takesFocus: boolean;
  page: PageProps;
};

/** One page: fetched when it is first shown, and kept, hidden, while another one is. */
export function PageFrame({ route, source, takesFocus, page }: FrameProps): JSX.Element {
  const { isActive } = page;
  const section = useRef<HTMLElement>(null);
  const { component: Page, error, retry } = usePage(source, isActive);
  const hasFailed = error !== undefined;
  useEffect(() => {
    if (!isActive || !takesFocus) return;
    section.current?.querySelector('h1')?.focus({ preventScroll: true });
  }, [isActive, takesFocus, Page, hasFailed]);
  const title = routeTitles[route];
  return (
    <section ref={section} hidden={!isActive} data-page={route} aria-label={title}>
      {Page && <Page {...page} />}
      {Page === undefined && <h1 tabIndex={-1}>{title}</h1>}
      {Page === undefined && !hasFailed && <p aria-busy="true">Loading this page</p>}
      {hasFailed && (
        <div role="alert">
          <p class="note note-failed">This page could not be loaded: {error}</p>
          <button type="button" onClick={retry}>
            Try again
          </button>
        </div>
      )}
    </section>
  );
}

type PageState = { component?: ComponentType<PageProps>; error?: string };

function usePage(source: PageSource, isActive: boolean): PageState & { retry: () => void } {
  const [state, setState] = useState<PageState>(
    source.kind === 'ready' ? { component: source.component } : {},
  );
  const [attempt, setAttempt] = useState(0);
  const isMissing = state.component === undefined;
  useEffect(() => {
    if (source.kind === 'ready' || !isActive || !isMissing) return;
    setState({});
    source.load().then(
      (component) => setState({ component }),
      (error: unknown) => setState({ error: String(error) }),
    );
  }, [source, isActive, isMissing, attempt]);
  return { ...state, retry: () => setAttempt(attempt + 1) };
}
