import type { JSX } from 'preact';
import type { Candidate } from '../../shared/decision.js';
import { type Exchange, toCandidate } from '../exchange.js';
import { formatAge, formatMs, formatPercent } from '../format.js';
import { type Outcome, toReason } from '../outcome.js';
import { formatRisk, toDistanceText } from '../risk-scale.js';
import { RiskScale } from './risk-scale.js';
import { Definition } from './definition.js';

type WhyProps = { exchange: Exchange; outcome: Outcome };

/** Everything that skimp says about its decision on one prompt. */
export function WhyPanel({ exchange, outcome }: WhyProps): JSX.Element {
  const candidate = toCandidate(outcome);
  return (
    <details
      class="why"
      onToggle={({ currentTarget }) => {
        if (currentTarget.open) currentTarget.scrollIntoView({ block: 'nearest' });
      }}
    >
      <summary>
        Why<span class="visually-hidden"> this answer to “{exchange.question}”</span>
      </summary>
      <div class="why-body">
        <p>{toReason(outcome, exchange)}</p>
        <Decision exchange={exchange} candidate={candidate} />
        <dl>
          {candidate && <CandidateRows candidate={candidate} isHit={outcome.kind === 'hit'} />}
          {candidate?.guard && (
            <Definition name="Guard">
              <b>{candidate.guard.guard}</b>, {candidate.guard.veto ? 'refuses' : 'raises the risk'}
              : {candidate.guard.detail}
            </Definition>
          )}
          <DecisionRows outcome={outcome} />
          {exchange.kind === 'ask' && exchange.firstTextMs !== undefined && (
            <Definition name="First word after">{formatMs(exchange.firstTextMs)}</Definition>
          )}
        </dl>
      </div>
    </details>
  );
}

type DecisionProps = { exchange: Exchange; candidate: Candidate | undefined };

/** The scale; nothing for an exact repeat, or where no model ran. */
function Decision({ exchange: { maxRisk }, candidate }: DecisionProps) {
  if (candidate === undefined || maxRisk === undefined || candidate.risk === 0) return null;
  const { risk, verifier } = candidate;
  return (
    <>
      <RiskScale risk={risk} verifier={verifier} maxRisk={maxRisk} />
      <p class="small">{toDistanceText(risk, maxRisk)}</p>
    </>
  );
}

function CandidateRows({ candidate, isHit }: { candidate: Candidate; isHit: boolean }) {
  const { similarity, verifier, risk, matchedPrompt, ageMs } = candidate;
  return (
    <>
      <Definition name={isHit ? 'Matched prompt' : 'Nearest prompt'}>
        <q>{matchedPrompt}</q>
      </Definition>
      <Definition name="Stored">{formatAge(ageMs)}</Definition>
      <Definition name="Similarity">
        <span class="gauge" style={{ '--share': Math.max(0, similarity) }} aria-hidden="true" />
        {similarity.toFixed(3)}
      </Definition>
      {similarity < 1 && (
        <Definition name="Verifier">
          {verifier === undefined ? (
            'not asked: it could not have saved this pair'
          ) : (
            <>
              <span class="gauge" style={{ '--share': verifier }} aria-hidden="true" />
              {formatPercent(verifier)} sure that one answer fits both
            </>
          )}
        </Definition>
      )}
      <Definition name="Risk">
        {formatRisk(risk)}
        {similarity < 1 && verifier === undefined && ', or more'}
      </Definition>
    </>
  );
}

function DecisionRows({ outcome }: { outcome: Outcome }) {
  if (outcome.kind === 'bypass') return null;
  const { lookupMs } = outcome.kind === 'hit' ? outcome.hit : outcome.miss;
  return (
    <>
      {outcome.kind === 'miss' && (
        <Definition name="Reason">
          <code>{outcome.miss.reason}</code>
          {outcome.miss.detail && `: ${outcome.miss.detail}`}
        </Definition>
      )}
      <Definition name="Lookup took">{formatMs(lookupMs)}</Definition>
    </>
  );
}
