import type { JSX } from 'preact';
import { type Route, routes, routeTitles, toHash } from '../router.js';
import type { SkimpHost } from '../skimp-host.js';
import { DeviceBadge } from './device-badge.js';
import { useOnline } from './use-online.js';

type TopBarProps = { route: Route; host: SkimpHost };

/** The name, the way to the pages, and where the models run. */
export function TopBar({ route, host }: TopBarProps): JSX.Element {
  const isOnline = useOnline();
  return (
    <header class="top">
      <a class="brand" href={toHash('chat')}>
        <svg class="mark" viewBox="0 0 28 28" aria-hidden="true">
          <path d="M4 8h20M4 14h13M4 20h6" />
          <path class="mark-cut" d="M20.5 14h3.5M13.5 20H24" />
        </svg>
        skimp
      </a>
      <nav aria-label="Pages">
        <ul>
          {routes.map((one) => (
            <li key={one}>
              <a href={toHash(one)} aria-current={one === route ? 'page' : undefined}>
                {routeTitles[one]}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <p class="offline" role="status">
        {isOnline ? '' : 'Offline: stored answers only'}
      </p>
      <DeviceBadge host={host} />
    </header>
  );
}
