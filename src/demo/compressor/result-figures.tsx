import type { JSX } from 'preact';
import { formatCount, formatMoney, formatMs, formatPercent } from '../format.js';
import { noSavings, type Prices, toMoney } from '../savings.js';
import type { Compressed } from './compressor-session.js';
import { Definition } from '../views/definition.js';

type ResultFiguresProps = { compressed: Compressed; prices: Prices };

/** Requests that the price is told for, besides one. */
const MANY = 1_000;

/** Tokens, time and money of one text. */
export function ResultFigures({ compressed, prices }: ResultFiguresProps): JSX.Element {
  const { originalTokens, keptTokens, milliseconds } = compressed.result;
  const share = keptTokens / Math.max(originalTokens, 1);
  const price = (tokens: number) => toMoney({ ...noSavings, promptTokens: tokens }, prices);
  const dropped = originalTokens - keptTokens;
  return (
    <>
      <p class="kept-share">
        <strong data-testid="kept-share">{formatPercent(share)}</strong> of the tokens are sent
      </p>
      <div class="kept-bar" aria-hidden="true">
        <span style={{ flexGrow: share }} />
        <span style={{ flexGrow: 1 - share }} />
      </div>
      <dl class="rows">
        <Definition name="Tokens">
          <span data-testid="original-tokens">{formatCount(originalTokens)}</span>
          <Arrow />
          <b data-testid="kept-tokens">{formatCount(keptTokens)}</b>
        </Definition>
        <Definition name="Input cost">
          {formatMoney(price(originalTokens))}
          <Arrow />
          <b>{formatMoney(price(keptTokens))}</b>
        </Definition>
        <Definition name={`Saved in ${formatCount(MANY)} such requests`}>
          <b data-testid="saved-money">{formatMoney(MANY * price(dropped))}</b>
        </Definition>
        <Definition name="Time to compress">
          <b data-testid="compress-ms">{formatMs(milliseconds)}</b>
        </Definition>
      </dl>
      <p class="small">
        Tokens of the text, exact by o200k_base. Money at {formatMoney(prices.inputPerMillion)} per
        million input tokens, as in the settings; the question and the tokens of the answer are not
        counted.
      </p>
    </>
  );
}

function Arrow() {
  return (
    <>
      <span class="arrow" aria-hidden="true">
        →
      </span>
      <span class="visually-hidden"> to </span>
    </>
  );
}
