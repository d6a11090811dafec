/** Every rule version there is, in the order of the ladder. */
import type { RuleVersion } from './engine/types.ts';
import { giant2026 } from './national/giant-2026.ts';
import { hnte2016 } from './national/hnte-2016.ts';
import { srdi2022 } from './national/srdi-2022.ts';
import { srdi2026 } from './national/srdi-2026.ts';

export const RULES: readonly RuleVersion[] = [hnte2016, srdi2022, srdi2026, giant2026];

export const RULE_BY_ID: ReadonlyMap<string, RuleVersion> = new Map(RULES.map((rule) => [rule.id, rule]));
