/** The names and codes of the park, ready to be matched. */
import { pinyin } from 'pinyin-pro';
import type { Db } from '../../db/clients.server.ts';
import { readerOf } from '../../db/fact-rows.server.ts';
import { createMatcher, type KnownName, type Matcher } from '../../rules/names/matcher.ts';

const heard = new Map<string, string>();

/** Pronunciation character by character: traditional forms sound like their simplified ones. */
export const sound = (text: string): string =>
  Array.from(text, (character) => {
    let syllable = heard.get(character);
    if (syllable === undefined) heard.set(character, (syllable = pinyin(character, { toneType: 'none' })));
    return syllable;
  }).join(' ');

/** Names taken in before others have their turn. */
const PIECE = 2000;
export const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A matcher of all enterprises on record; merged duplicates lead to the record that stays. */
export async function parkMatcher(db: Pick<Db, 'raw'>): Promise<Matcher> {
  const reader = readerOf(db.raw);
  const names = reader
    .prepare<KnownName & { former: boolean | 0 | 1 }>(
      `SELECT id AS enterpriseId, name, 0 AS former FROM Enterprise WHERE mergedIntoId IS NULL
       UNION ALL
       SELECT n.enterpriseId, n.name, 1 FROM EnterpriseName n JOIN Enterprise e ON e.id = n.enterpriseId
       WHERE e.mergedIntoId IS NULL`,
    )
    .all();
  const codes = new Map(
    reader
      .prepare<{ code: string; enterpriseId: number }>('SELECT code, enterpriseId FROM EnterpriseCode')
      .all()
      .map(({ code, enterpriseId }) => [code, enterpriseId]),
  );
  const provinces = new Map(
    reader
      .prepare<{ id: number; division: string }>(
        'SELECT id, division FROM Enterprise WHERE division IS NOT NULL',
      )
      .all()
      .map(({ id, division }) => [id, division.slice(0, 2)]),
  );
  const matcher = createMatcher({ names: [], codes, provinces }, sound);
  for (let from = 0; from < names.length; from += PIECE) {
    const piece = names.slice(from, from + PIECE);
    matcher.add(piece.map((name) => ({ ...name, former: Boolean(name.former) })));
    await breathe();
  }
  return matcher;
}
