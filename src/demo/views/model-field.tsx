import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { formatNoun } from '../format.js';
import type { DemoSettings } from '../settings.js';
import { SettingsError, toBaseUrl } from '../upstream.js';
import { explainFailure } from '../upstreams/explain-failure.js';
import { listModels } from '../upstreams/list-models.js';
import { TextField } from './fields.js';

type ModelProps = {
  settings: DemoSettings;
  onChange: (change: Partial<DemoSettings>) => void;
};

/** The model's name, typed in or chosen from those that the server has. */
export function ModelField({ settings, onChange }: ModelProps): JSX.Element {
  const [models, setModels] = useState<readonly string[]>([]);
  const [note, setNote] = useState('');
  const asked = useRef(0);
  const ask = async () => {
    asked.current += 1;
    const turn = asked.current;
    setNote('Asking the server.');
    const found = await askForModels(settings);
    if (turn !== asked.current) return; // of a server that has been asked before
    setModels(found.models);
    setNote(found.note);
    const [first] = found.models;
    if (settings.model === '' && first !== undefined) onChange({ model: first });
  };
  return (
    <>
      <TextField
        label="Model"
        type="text"
        value={settings.model}
        suggestions={models}
        onChange={(model) => onChange({ model })}
      />
      <button type="button" class="quiet" onClick={() => void ask()}>
        List its models
      </button>
      <p class="small" role="status">
        {note}
      </p>
    </>
  );
}

async function askForModels({ baseUrl, apiKey }: DemoSettings) {
  try {
    const models = await listModels(fetch, { baseUrl: toBaseUrl(baseUrl), apiKey });
    const note =
      models.length === 0
        ? 'This server does not say which models it has: type in a name.'
        : `${formatNoun(models.length, 'model')} to choose from.`;
    return { models, note };
  } catch (error) {
    const isOurs = error instanceof SettingsError;
    return {
      models: [],
      note: isOurs ? error.message : explainFailure(error, baseUrl.trim(), location.href),
    };
  }
}
