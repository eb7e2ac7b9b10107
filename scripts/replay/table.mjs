/** Writes the figures of a replay for people. */

/** @typedef {ReturnType<typeof import('./report.mjs').toReport>} Report */
/**
 * @typedef {Report & { file: string, badLines: number, isCut: boolean, backend: string | undefined,
 *   dtype: string | undefined, model: string | undefined, storage: string | undefined, reason: string,
 *   maxErrorRate: number, maxRisk: number | undefined, longTasks: number, bytesStored: number, evictions: number, pageErrors: number, seconds: number }} FullReport
 */

/** @param {FullReport} report @returns {string} */
export function toTable(report) {
  const { hits, all, fresh, latencyMs } = report;
  /** @type {[string, string][]} */
  const lines = [
    ['rows', rowsLine(report)],
    ['back end', backendLine(report)],
    ['  why', report.reason],
    ['exact hits', hitLine(hits.exact)],
    ['semantic hits', hitLine(hits.semantic) + wrongShareText(report.wrongShareOfSemanticHits)],
    ['misses', countsText(report.misses)],
    ['all prompts', efficiencyText(all)],
    ['no exact repeats', efficiencyText(fresh)],
    ['best threshold', thresholdText(report.bestThreshold)],
    ['  with the guards', thresholdText(report.bestThresholdGuarded)],
    ...guardLines(report.guards),
    ['verifier', verifierLine(report.verifier)],
    ['lookup, exact', latencyText(latencyMs.exact)],
    ['lookup, semantic', latencyText(latencyMs.semantic)],
    ['lookup, miss', latencyText(latencyMs.miss)],
    ['stored', storedLine(report)],
    ['page', `${report.longTasks} long tasks, ${report.pageErrors} uncaught errors`],
    ['errors', countsText(report.errors) || '0'],
  ];
  const width = Math.max(...lines.map(([name]) => name.length));
  return lines.map(([name, text]) => `${name.padEnd(width)}  ${text}`).join('\n');
}

/** @param {FullReport} report */
function rowsLine({ rows, runs, badLines, isCut, seconds }) {
  const parts = [`${number(rows)} in ${number(seconds, 1)} s`];
  if (runs > 1) parts.push(`${runs} runs, each with a fresh cache`);
  if (badLines > 0) parts.push(`${number(badLines)} malformed lines skipped`);
  if (isCut) parts.push('the rest of the file left out');
  return parts.join('; ');
}

/**
 * @param {{ backend: string | undefined, dtype: string | undefined, model: string | undefined,
 *   maxErrorRate: number, maxRisk: number | undefined }} report
 */
export function backendLine({ backend, dtype, model, maxErrorRate, maxRisk }) {
  const served = maxRisk === undefined ? '' : `: serves up to risk ${number(maxRisk, 5)}`;
  return `${backend ?? 'none'} ${dtype ?? ''}, ${model ?? 'no model'}, maxErrorRate ${maxErrorRate}${served}`;
}

/** @param {{ served: number, wrong: number }} hits */
function hitLine({ served, wrong }) {
  return `${number(served)}, of them ${number(wrong)} wrong`;
}

/** @param {import('./statistics.mjs').ShareWithInterval} wrongShare */
function wrongShareText({ share, interval95 }) {
  return share === null ? '' : ` (${percent(share)}; ${intervalText(interval95)})`;
}

/** @param {Report['all']} efficiency */
function efficiencyText({ rows, possibleHits, trueHits, coverage, netEfficiency, ...rest }) {
  return (
    `${number(rows)} rows, ${number(possibleHits)} possible hits, ${number(trueHits)} true, ` +
    `${number(rest.wrongHits)} wrong${wrongShareText(rest.wrongShare)}: ` +
    `coverage ${percent(coverage)} (${intervalText(rest.coverageInterval95)}), ` +
    `net efficiency ${percent(netEfficiency)}`
  );
}

/** @param {Report['bestThreshold']} best */
function thresholdText({ netEfficiency, minSimilarity }) {
  const at = minSimilarity === null ? 'no threshold helps' : `at ${minSimilarity.toFixed(3)}`;
  return `net efficiency ${percent(netEfficiency)} (${at}; on prompts that are no exact repeat)`;
}

/** @param {Report['guards']} guards @returns {[string, string][]} */
function guardLines(guards) {
  return Object.entries(guards)
    .toSorted(([, a], [, b]) => b.vetoes - a.vetoes)
    .map(([name, { vetoes, rightVetoes, findings, rightFindings }]) => [
      `guard ${name}`,
      `${number(vetoes)} vetoes, ${number(rightVetoes)} right; ` +
        `spoke of ${number(findings)} prompts, ${number(rightFindings)} rightly`,
    ]);
}

/** @param {Report['verifier']} verifier */
function verifierLine({ compared, read, refused, rightlyRefused }) {
  return (
    `read ${number(read)} of the ${number(compared)} prompts with a near one; ` +
    `${number(refused)} refused then, ${number(rightlyRefused)} rightly`
  );
}

/** @param {Report['latencyMs']['exact']} latency */
function latencyText({ lookups, p50, p95, callP50, callP95 }) {
  if (lookups === 0) return 'none';
  return (
    `p50 ${number(p50, 1)} ms, p95 ${number(p95, 1)} ms in the worker; ` +
    `whole call ${number(callP50, 1)} and ${number(callP95, 1)} ms`
  );
}

/** @param {FullReport} report */
function storedLine({ bytesStored, evictions, storage }) {
  const evicted = evictions === 0 ? '' : `, ${number(evictions)} entries evicted`;
  return `${number(bytesStored / 1024, 0)} KiB at most, in ${storage ?? 'nothing'}${evicted}`;
}

/** @param {Readonly<Record<string, number>>} counts */
export function countsText(counts) {
  return Object.entries(counts)
    .toSorted(([, a], [, b]) => b - a)
    .map(([name, count]) => `${number(count)} ${name}`)
    .join(', ');
}

/** @param {number | null} value @param {number} [digits] */
export function number(value, digits = 0) {
  if (value === null) return '-';
  return value.toLocaleString('en-US', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
}

/** @param {number | null} share */
export function percent(share) {
  return share === null ? '-' : `${number(share * 100, 1)} %`;
}

/** @param {readonly [number, number] | null} interval of a share */
export function intervalText(interval) {
  if (interval === null) return 'no interval';
  return `95 % interval ${percent(interval[0])} to ${percent(interval[1])}`;
}
