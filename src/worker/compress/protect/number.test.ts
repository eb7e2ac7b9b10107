import { number } from './number.js';
import { describeRule } from './test-rule.js';

describeRule(number, [
  'weighs ⟦12.5 kg⟧, costs ⟦$1,299.00⟧ or ⟦€ 5⟧ or ⟦1.299,00 €⟧ or ⟦USD 5⟧ or ⟦-£3⟧',
  'lasts ⟦30 days⟧, ⟦3-day⟧, ⟦6 working days⟧, ⟦two weeks⟧, ⟦twenty-five minutes⟧',
  'grew ⟦7 %⟧ to ⟦1.3 million dollars⟧, ⟦$5bn⟧, ⟦10k users⟧, ⟦1 299 000 people⟧',
  'runs ⟦60 miles per hour⟧, ⟦3 mg/kg⟧, ⟦3 times a day⟧, ⟦5 years ago⟧, ⟦20 square metres⟧',
  'hot: ⟦-5 °C⟧, ⟦~30%⟧, ⟦≥ 18 years⟧, ⟦> 5 GB⟧, ⟦5 A⟧, ⟦5 a day⟧, ⟦0.09 per cent⟧',
  '⟦at least 3⟧, ⟦up to 5 GB⟧, ⟦no more than two days⟧, ⟦within 30 days⟧, ⟦under $5⟧',
  '⟦5 to 10 days⟧, ⟦2–3 hours⟧, ⟦3 x 4 m⟧, ⟦1920x1080⟧, ⟦5⟧ or ⟦6⟧',
  '⟦page 12⟧, ⟦No. 5⟧, ⟦Section 4.2⟧, ⟦version 2.0.1⟧, ⟦§ 5⟧, #⟦7⟧, ⟦order 44718⟧',
  'in ⟦1998⟧ the ⟦1990s⟧ on the ⟦2nd floor⟧, ⟦3/4 cup⟧, ⟦1e-5⟧, ⟦.5⟧',
  'wrapped ⟦30\ndays⟧ but ⟦30⟧\nDays',
  'call ⟦+47 555 20 118⟧, ⟦(555) 123-4567⟧, ⟦0191 555 0148⟧, ⟦555 123 4567⟧',
  'given ⟦[5, 3, 8, 1]⟧ as in [⟦1⟧]',
  'one of them, two dogs, v2 is new, abc123def',
]);
