/**
 * The head of the chain of seals: its last number and signature, kept outside the database, so that cutting off the
 * end of the chain shows. Pure; the file's text and the key come in.
 */
import { z } from 'zod';
import { canonicalJson } from './canonical.ts';
import { readSeal, type Signing, type StoredSeal } from './seal.ts';

/** A gap between head and database that an administrator took note of. */
export interface Acknowledgement {
  readonly at: string;
  readonly by: string;
  readonly reason: string;
  /** What was wrong, in words. */
  readonly faults: readonly string[];
}

export interface SealHead {
  /** Number of the last seal; 0 where none was set yet. */
  readonly seq: number;
  readonly mac: string | null;
  /** Highest number ever given, so that none is given twice after a restore. */
  readonly used: number;
  readonly keyId: string;
  readonly acknowledged: readonly Acknowledgement[];
}

export type FoundHead =
  | { readonly state: 'none' }
  /** No head, or not signed with the key it names. */
  | { readonly state: 'forged' }
  /** The key that signed it is not there. */
  | { readonly state: 'keyless'; readonly head: SealHead }
  | { readonly state: 'genuine'; readonly head: SealHead };

const shape = z.strictObject({
  seq: z.int().min(0),
  mac: z.string().nullable(),
  used: z.int().min(0),
  keyId: z.string(),
  acknowledged: z.array(
    z.strictObject({ at: z.string(), by: z.string(), reason: z.string(), faults: z.array(z.string()) }),
  ),
});

/** Set before the text that is signed, so that no head passes for a seal. */
const MARK = 'tidu seal head\n';

/** The file's text: the head on one line, its signature on the next. */
export function headText(head: SealHead, key: Signing): string {
  const text = canonicalJson(head);
  return `${text}\n${key.sign(MARK + text)}\n`;
}

/** Reads the file's text; null: there is no file. */
export function readHead(file: string | null, key: Signing | null): FoundHead {
  if (file === null) return { state: 'none' };
  const [text = '', signature, ...rest] = file.split('\n');
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { state: 'forged' };
  }
  const parsed = shape.safeParse(json);
  if (!parsed.success || rest.join('') !== '') return { state: 'forged' };
  const head = parsed.data;
  if (key === null || key.id !== head.keyId) return { state: 'keyless', head };
  return key.sign(MARK + text) === signature ? { state: 'genuine', head } : { state: 'forged' };
}

/** The seals of a database as far as the head is held against them; `links` in their order. */
export interface ChainEnd {
  readonly links: readonly Pick<StoredSeal, 'seq' | 'mac'>[];
  readonly last: StoredSeal | null;
}

export interface HeldHead {
  /** What is wrong, in words. */
  readonly faults: readonly string[];
  /** The head has to be brought up to the last seal: the program stopped between the two, or kept no head before. */
  readonly behind: boolean;
}

const fault = (text: string): HeldHead => ({ faults: [text], behind: false });

/** Holds the database's seals against the head. */
export function holdHead(found: FoundHead, { links, last }: ChainEnd, key: Signing | null): HeldHead {
  if (found.state === 'forged') return fault('封存末号文件被改动过或已损坏，无法判断最后的封存是否被删除');
  if (found.state === 'none') {
    if (last === null) return { faults: [], behind: false };
    // Seals of before there was a head do not say how many numbers they skip.
    const earlier = readSeal(last.content);
    return earlier !== null && earlier.skipped === undefined
      ? { faults: [], behind: true }
      : fault('缺少封存末号文件，无法判断最后的封存是否被删除');
  }
  const { head } = found;
  const faults = [
    ...(found.state === 'keyless' && head.seq > 0
      ? [`封存末号文件无法核验：缺少封存密钥 ${head.keyId}`]
      : []),
    ...missing(head, links),
  ];
  const beyond = links.filter(({ seq }) => seq > head.seq);
  if (beyond.length === 0 || key === null) return { faults, behind: false };
  if (beyond.length === 1 && faults.length === 0 && follows(head, last!, key))
    return { faults, behind: true };
  return {
    faults: [
      ...faults,
      `封存末号文件停在第 ${head.seq} 号，数据库中已有第 ${last!.seq} 号：文件被换成较早的一份，或封存不是由本程序写入`,
    ],
    behind: false,
  };
}

function missing({ seq, mac }: SealHead, links: ChainEnd['links']): string[] {
  if (seq === 0) return [];
  const own = links.find((link) => link.seq === seq);
  if (own)
    return own.mac === mac ? [] : [`第 ${seq} 号封存与封存末号文件所记的不是同一份：数据库被直接改动过`];
  const from = links.findLast((link) => link.seq < seq)?.seq ?? 0;
  const which = from + 1 === seq ? `第 ${seq} 号` : `第 ${from + 1} 至 ${seq} 号`;
  return [`数据库中缺少${which}封存：被直接删除，或恢复自更早的备份`];
}

/** Whether a seal is a genuine next one after the head. */
const follows = (head: SealHead, last: StoredSeal, key: Signing): boolean =>
  readSeal(last.content)?.previous === head.mac &&
  key.id === last.keyId &&
  key.sign(last.content) === last.mac;
