import type { JSX } from 'preact';
import { describeEvent, type LogEvent } from '../describe-event.js';
import { formatNoun, formatTime } from '../format.js';

/** The newest events, newest first. */
export function EventLog({ events }: { events: readonly LogEvent[] }): JSX.Element {
  return (
    <details class="panel fold">
      <summary>
        <h2>Event log</h2>
        <span class="small">{formatNoun(events.length, 'event')}</span>
      </summary>
      {/* It scrolls, so the keyboard has to get there. */}
      <ol class="events" tabIndex={0} aria-label="Events, newest first">
        {events.toReversed().map((event, index) => (
          <li key={events.length - index} data-type={event.type}>
            <time dateTime={new Date(event.at).toISOString()}>{formatTime(event.at)}</time>
            <b>{event.type}</b>
            <span>{describeEvent(event)}</span>
          </li>
        ))}
      </ol>
    </details>
  );
}
