import type { ComponentChildren, JSX } from 'preact';
import type { Candidate } from '../../shared/decision.js';
import type { GuardFinding } from '../../shared/guard.js';
import type { Exchange } from '../exchange.js';
import { formatAge, formatMs, formatPercent } from '../format.js';
import { type Outcome, toReason } from '../outcome.js';

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
        <p>{toReason(outcome, exchange.maxErrorRate)}</p>
        <dl>
          {candidate && <CandidateRows candidate={candidate} isHit={outcome.kind === 'hit'} />}
          {candidate?.guard && (
            <Row name="Guard">
              <b>{candidate.guard.guard}</b>: {candidate.guard.detail}
            </Row>
          )}
          <DecisionRows outcome={outcome} />
          {exchange.firstTextMs !== undefined && (
            <Row name="First word after">{formatMs(exchange.firstTextMs)}</Row>
          )}
        </dl>
      </div>
    </details>
  );
}

function CandidateRows({ candidate, isHit }: { candidate: Candidate; isHit: boolean }) {
  const { similarity, verifier, risk, matchedPrompt, ageMs } = candidate;
  return (
    <>
      <Row name={isHit ? 'Matched prompt' : 'Nearest prompt'}>
        <q>{matchedPrompt}</q>
      </Row>
      <Row name="Stored">{formatAge(ageMs)}</Row>
      <Row name="Similarity">
        <span class="gauge" style={{ '--share': Math.max(0, similarity) }} aria-hidden="true" />
        {similarity.toFixed(3)}
      </Row>
      {verifier !== undefined && <Row name="Verifier">{formatPercent(verifier)}</Row>}
      <Row name="Risk">{formatPercent(risk)}</Row>
    </>
  );
}

function DecisionRows({ outcome }: { outcome: Outcome }) {
  if (outcome.kind === 'bypass') return null;
  const { lookupMs } = outcome.kind === 'hit' ? outcome.hit : outcome.miss;
  return (
    <>
      {outcome.kind === 'miss' && (
        <Row name="Reason">
          <code>{outcome.miss.reason}</code>
          {outcome.miss.detail && `: ${outcome.miss.detail}`}
        </Row>
      )}
      <Row name="Lookup took">{formatMs(lookupMs)}</Row>
    </>
  );
}

function Row({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function toCandidate(
  outcome: Outcome,
): (Candidate & { readonly guard?: GuardFinding }) | undefined {
  if (outcome.kind === 'hit') return outcome.hit;
  return outcome.kind === 'miss' ? outcome.miss.nearest : undefined;
}
