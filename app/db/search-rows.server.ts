/**
 * The index by which names are searched, of this engine (FTS5): every two neighbouring signs of a name are a word, so
 * that any part of a name is one word or a phrase; every sign alone; and from every sign on its sounds, in full and by
 * initials, each one word, so that typed letters are the beginning of one. Another engine would keep the same words
 * in its own index.
 */
import { pinyin } from 'pinyin-pro';
import type { Reader } from './connection.server.ts';
import type { Tx } from './writer.server.ts';

/** Letters of the sounds kept from each sign on; what is typed is shorter. */
const FULL = 24;
const INITIALS = 12;
/** Stands between two names, so that no phrase reaches from one into the other. */
const BORDER = 'xxborderxx';

/** A sign as part of a word; the engine takes only letters and digits for such. */
const spell = (sign: string): string =>
  /[\p{L}\p{N}]/u.test(sign) ? sign : `u${sign.codePointAt(0)!.toString(16)}u`;

/** Every two neighbouring signs. */
const pairsOf = (key: string): string => {
  const signs = [...key].map(spell);
  return signs.length < 2
    ? ''
    : signs
        .slice(1)
        .map((sign, i) => signs[i] + sign)
        .join(' ');
};

function soundsOf(key: string): string {
  const sounds = pinyin(key, { toneType: 'none', type: 'array', v: true }).map((sound) =>
    sound.toLowerCase(),
  );
  const words = new Set([...key].map(spell));
  sounds.forEach((_, i) => {
    const rest = sounds.slice(i);
    words.add(rest.join('').slice(0, FULL));
    words.add(
      rest
        .map((sound) => sound[0] ?? '')
        .join('')
        .slice(0, INITIALS),
    );
  });
  return [...words].join(' ');
}

/**
 * Enters the names of an enterprise, the present and the former ones, in place of what was entered before.
 * @param names their keys (rules/facts/name.ts)
 */
export function writeSearch(tx: Tx, enterpriseId: number, names: readonly string[]): void {
  const keys = [...new Set(names)].filter((key) => key !== '');
  tx.prepare('DELETE FROM EnterpriseSearch WHERE rowid = ?').run(enterpriseId);
  tx.prepare('INSERT INTO EnterpriseSearch (rowid, signs, sounds) VALUES (?, ?, ?)').run(
    enterpriseId,
    keys.map(pairsOf).join(` ${BORDER} `),
    keys.map(soundsOf).join(' '),
  );
}

/** Enterprises whose names are not in the index: those of a database older than it. */
export function unsearched(reader: Reader, limit: number): number[] {
  return reader
    .prepare<{ id: number }>(
      'SELECT id FROM Enterprise e WHERE NOT EXISTS (SELECT 1 FROM EnterpriseSearch_docsize d WHERE d.id = e.id) LIMIT ?',
    )
    .all(limit)
    .map(({ id }) => id);
}

/**
 * What finds the ids of names that contain a text, given by its key, or that sound as it is typed in Latin letters.
 * @returns a subselect and its parameters; null for a text that holds nothing to look for
 */
export function searchSql(nameKey: string): { sql: string; params: string[] } | null {
  const key = nameKey.replaceAll('"', '');
  if (key === '') return null;
  const bySign = [...key].length === 1 ? `sounds : "${spell(key)}"` : `signs : "${pairsOf(key)}"`;
  const match = /^(?=.*[a-z])[a-z0-9]+$/.test(key)
    ? `(${bySign}) OR (sounds : "${key.slice(0, FULL)}" *)`
    : bySign;
  return { sql: 'SELECT rowid FROM EnterpriseSearch WHERE EnterpriseSearch MATCH ?', params: [match] };
}
