import type { JSX } from 'preact';
import { formatMs } from '../format.js';
import { type DemoSettings, toUpstreamLabel } from '../settings.js';
import { upstreamNames } from '../upstreams/upstream-kind.js';
import { NumberField, TextField } from './fields.js';
import { ModelField } from './model-field.js';
import { PromptApiNote } from './prompt-api-note.js';

type SettingsProps = {
  settings: DemoSettings;
  onChange: (change: Partial<DemoSettings>) => void;
};

/** Where answers come from and what they cost. */
export function SettingsPanel({ settings, onChange }: SettingsProps): JSX.Element {
  return (
    <details class="panel fold">
      <summary>
        <h2>Settings</h2>
        <span class="small">{toUpstreamLabel(settings)}</span>
      </summary>
      <div class="fields">
        <UpstreamFields settings={settings} onChange={onChange} />
        <PriceFields settings={settings} onChange={onChange} />
      </div>
    </details>
  );
}

function UpstreamFields({ settings, onChange }: SettingsProps) {
  return (
    <fieldset>
      <legend>Answers come from</legend>
      {settings.offered.map((upstream) => (
        <label key={upstream} class="tick">
          <input
            type="radio"
            name="upstream"
            checked={settings.upstream === upstream}
            onChange={() => onChange({ upstream })}
          />
          {upstreamNames[upstream]}
        </label>
      ))}
      {settings.upstream === 'faq' && <LatencyField settings={settings} onChange={onChange} />}
      {settings.upstream === 'prompt-api' && <PromptApiNote share={settings.promptApiDownload} />}
      {settings.upstream === 'custom' && <CustomFields settings={settings} onChange={onChange} />}
    </fieldset>
  );
}

function LatencyField({ settings, onChange }: SettingsProps) {
  return (
    <div class="field">
      <label for="latency">
        Its time to the first word: <output for="latency">{formatMs(settings.faqLatencyMs)}</output>
      </label>
      <input
        id="latency"
        type="range"
        min={0}
        max={3000}
        step={100}
        value={settings.faqLatencyMs}
        aria-valuetext={formatMs(settings.faqLatencyMs)}
        onInput={(event) => onChange({ faqLatencyMs: event.currentTarget.valueAsNumber })}
      />
    </div>
  );
}

function CustomFields({ settings, onChange }: SettingsProps) {
  return (
    <>
      <TextField
        label="Base URL"
        type="url"
        value={settings.baseUrl}
        placeholder="https://api.example.com/v1"
        onChange={(baseUrl) => onChange({ baseUrl })}
      />
      <TextField
        label="API key"
        type="password"
        value={settings.apiKey}
        onChange={(apiKey) => onChange({ apiKey })}
      />
      <ModelField settings={settings} onChange={onChange} />
      <p class="small">
        The key stays in this page’s memory and is gone after a reload. The server must allow
        requests from other origins.
      </p>
    </>
  );
}

function PriceFields({ settings, onChange }: SettingsProps) {
  const { prices } = settings;
  return (
    <fieldset class="pair">
      <legend>US$ per million tokens</legend>
      <NumberField
        label="Input"
        value={prices.inputPerMillion}
        onChange={(inputPerMillion) => onChange({ prices: { ...prices, inputPerMillion } })}
      />
      <NumberField
        label="Output"
        value={prices.outputPerMillion}
        onChange={(outputPerMillion) => onChange({ prices: { ...prices, outputPerMillion } })}
      />
    </fieldset>
  );
}
