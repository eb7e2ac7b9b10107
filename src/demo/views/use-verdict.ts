import { useEffect, useState } from 'preact/hooks';
import type { Exchange } from '../exchange.js';
import { judgeAgain, type Verdict } from '../judge-again.js';
import type { SkimpHost } from '../skimp-host.js';

export type VerdictState = {
  /** Of the exchange, at the newest budget that it was judged at. */
  readonly verdict?: Verdict;
  readonly isJudging: boolean;
};

/** Judges an exchange's question at the present budget, and again whenever that changes. */
export function useVerdict(
  host: SkimpHost,
  exchange: Exchange | undefined,
  maxErrorRate: number,
): VerdictState {
  const [state, setState] = useState<VerdictState & { readonly id?: number }>({ isJudging: false });
  const id = exchange?.id;
  useEffect(() => {
    if (exchange === undefined) return;
    let isOver = false;
    setState(({ id: before, ...rest }) => ({
      ...(before === exchange.id ? rest : {}),
      id: exchange.id,
      isJudging: true,
    }));
    const judge = async () => {
      const optimizer = await host.settled();
      const verdict = optimizer && (await judgeAgain(optimizer, exchange, maxErrorRate));
      if (isOver) return;
      setState({ id: exchange.id, isJudging: false, ...(verdict && { verdict }) });
    };
    // Closed in between: the next change of the budget tries again.
    judge().catch(() => isOver || setState({ id: exchange.id, isJudging: false }));
    return () => {
      isOver = true;
    };
  }, [host, id, maxErrorRate]);
  return state.id === id ? state : { isJudging: false };
}
