/** Digest of everything but the facts that a verdict depends on: the rule versions and what operators entered. */
import { hash } from 'node:crypto';
import type { PanelOptions } from '../rules/engine/compile.ts';
import { rulesText } from '../rules/population.ts';

/** The rules do not change while the program runs. */
let ofRules: string | undefined;

/** @param more what else it is to change with */
export function rulesDigest(operatorValues?: PanelOptions['operatorValues'], more: unknown = null): string {
  ofRules ??= hash('sha256', rulesText(), 'hex');
  return hash('sha256', JSON.stringify([ofRules, operatorValues ?? null, more]), 'hex');
}
