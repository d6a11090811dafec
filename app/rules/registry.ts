/** Every rule version there is, in the order of the ladder. */
import type { RuleVersion } from './engine/types.ts';
import { champion2023 } from './national/champion-2023.ts';
import { giant2022 } from './national/giant-2022.ts';
import { giant2026 } from './national/giant-2026.ts';
import { hnte2016 } from './national/hnte-2016.ts';
import { isme2022 } from './national/isme-2022.ts';
import { scaleUp } from './national/scale-up.ts';
import { srdi2022 } from './national/srdi-2022.ts';
import { srdi2026 } from './national/srdi-2026.ts';
import { tsme2017 } from './national/tsme-2017.ts';
import { gazelleGbt41464 } from './regional/gazelle-gbt-41464-2022.ts';
import { gazelleHuangpu, gazelleSeedlingHuangpu } from './regional/gazelle-huangpu.ts';
import { gazelleJinan2016 } from './regional/gazelle-jinan-2016.ts';
import { gazelleSeedlingZhuhai2024, gazelleZhuhai2024 } from './regional/gazelle-zhuhai-2024.ts';
import { srdiGuangdong2024 } from './regional/srdi-guangdong-2024.ts';
import { unicornGei2025, unicornPotentialGei2025 } from './regional/unicorn-gei-2025.ts';
import { unicornHuangpu, unicornPotentialHuangpu } from './regional/unicorn-huangpu.ts';
import {
  unicornPotentialShenzhen,
  unicornSeedShenzhen,
  unicornShenzhen,
} from './regional/unicorn-shenzhen.ts';
import {
  unicornPotentialZhuhai2018,
  unicornPotentialZhuhai2024,
  unicornSeedZhuhai2018,
  unicornSeedZhuhai2024,
  unicornZhuhai2018,
  unicornZhuhai2024,
} from './regional/unicorn-zhuhai.ts';

export const RULES: readonly RuleVersion[] = [
  tsme2017,
  isme2022,
  hnte2016,
  srdi2022,
  srdiGuangdong2024,
  srdi2026,
  giant2022,
  giant2026,
  champion2023,
  gazelleGbt41464,
  gazelleHuangpu,
  gazelleSeedlingHuangpu,
  gazelleJinan2016,
  gazelleZhuhai2024,
  gazelleSeedlingZhuhai2024,
  unicornSeedShenzhen,
  unicornSeedZhuhai2018,
  unicornSeedZhuhai2024,
  unicornPotentialGei2025,
  unicornPotentialShenzhen,
  unicornPotentialHuangpu,
  unicornPotentialZhuhai2018,
  unicornPotentialZhuhai2024,
  unicornGei2025,
  unicornShenzhen,
  unicornHuangpu,
  unicornZhuhai2018,
  unicornZhuhai2024,
  scaleUp,
];

export const RULE_BY_ID: ReadonlyMap<string, RuleVersion> = new Map(RULES.map((rule) => [rule.id, rule]));
