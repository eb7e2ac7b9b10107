import { writeFileSync } from 'node:fs';
import { countVitest } from './counts.mjs';

/**
 * Writes what Vitest ran to the file that SKIMP_COUNTS_FILE names. Its own JSON report leaves out
 * why a test was skipped.
 */
export default class CountsReporter {
  /**
   * @param {readonly import('vitest/node').TestModule[]} modules
   * @param {readonly unknown[]} strayErrors
   */
  onTestRunEnd(modules, strayErrors) {
    const file = process.env.SKIMP_COUNTS_FILE;
    if (file === undefined) throw new Error('SKIMP_COUNTS_FILE names no file');
    writeFileSync(file, JSON.stringify(countVitest(modules, strayErrors)));
  }
}
