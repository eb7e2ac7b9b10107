import { date } from './date.js';
import { describeRule } from './test-rule.js';

describeRule(date, [
  '⟦2026-10-14⟧, ⟦2026-10-14T08:12:33.123Z⟧, ⟦2026/10/14⟧, ⟦14/10/2026⟧, ⟦14.10.26⟧',
  '⟦14 October 2026⟧, ⟦14th of October, 2026⟧, ⟦Oct 14, 2026⟧, ⟦October 2026⟧, ⟦14 Oct⟧',
  'on ⟦Tuesday, October 14th⟧ or ⟦Fri, 21 Nov 2025 at 10:15⟧. On ⟦6 March⟧.',
  'at ⟦08:12⟧, ⟦8:12 pm⟧, ⟦3 pm⟧, ⟦3 p.m.⟧ or ⟦9 o’clock⟧, ⟦06:42 UTC⟧, ⟦10:00 +0100⟧',
  '⟦before 14 October⟧, ⟦by 5 May⟧, ⟦until 3 pm⟧, ⟦since May 2020⟧',
  '⟦between 22:00 and 06:00⟧, ⟦14-16 October 2026⟧, ⟦from 4 May to 6 June⟧',
  '⟦2026-01-05 12:33:44,123⟧ ERROR; [⟦21/Nov/2025:13:15:00 +0000⟧]; ⟦Nov 21 13:15:00⟧ host',
  '⟦Q3 2024⟧, ⟦spring 2024⟧, ⟦21-Nov-2025⟧',
  'you may 7up, march on, in 1998, 12.5, 1:2, 10-20, Monday, may, 5 amps, 2026',
  'wrapped ⟦14\nOctober 2026⟧',
]);
