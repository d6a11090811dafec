/**
 * Random enterprises for the second reading: scaled integers, written once as contract facts and once as rows of a
 * plain table set. Values are drawn so that thresholds are hit exactly, and missed by one smallest unit, often.
 */
import { addDays, addYears, type Day } from '../../../app/rules/day.ts';

/** Figures of one year: money in 分, persons, points in hundredths. null: not known. */
export interface Year {
  employees: number | null;
  techStaff: number | null;
  techStaffHnte: number | null;
  salesRevenue: number | null;
  operatingRevenue: number | null;
  mainRevenue: number | null;
  totalIncome: number | null;
  hiTechIncome: number | null;
  rdExpense: number | null;
  rdExpenseHnte: number | null;
  rdExpenseDomestic: number | null;
  totalAssets: number | null;
  totalLiabilities: number | null;
  developmentScore: number | null;
}
type Row = Record<string, string | number | null>;
export interface Company {
  on: Day;
  year: number;
  action: 'new' | 'renewal';
  registeredOn: Day | null;
  resident: boolean | null;
  techField: string | null;
  sizeIndustry: string | null;
  industry: string | null;
  nicheSince: Day | null;
  /** millionths */
  marketShare: number | null;
  nationalRank: number | null;
  wellKnown: boolean | null;
  keyField: boolean | null;
  years: Map<number, Year>;
  ip: Row[] | null;
  titles: Row[] | null;
  conduct: Row[] | null;
  awards: Row[] | null;
}

/** Mulberry32: small, seeded, good enough to draw test data. */
export function drawer(seed: number) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  const int = (low: number, high: number) => low + Math.floor(next() * (high - low + 1));
  const pick = <T>(...of: readonly T[]): T => of[int(0, of.length - 1)]!;
  const chance = (share: number) => next() < share;
  return {
    int,
    pick,
    chance,
    /** Not known once in twenty. */
    known: <T>(value: T): T | null => (chance(0.05) ? null : value),
    /** Exactly at, one unit to either side, or somewhere else; never below 0. */
    near: (at: number, low: number, high: number) =>
      Math.max(0, chance(0.6) ? at + int(-1, 1) : int(low, high)),
  };
}
type Draw = ReturnType<typeof drawer>;

const WAN = 1_000_000;
const DAYS = ['2026-05-06', '2026-12-31', '2027-02-28', '2028-02-29', '2027-07-15'] as const;

export function drawCompany(draw: Draw): Company {
  const { pick, int, chance, known } = draw;
  const on = pick<Day>(...DAYS);
  const year = Number(on.slice(0, 4));
  const registeredOn = known(
    chance(0.4)
      ? addDays(on, -365 + int(-1, 1))
      : chance(0.4)
        ? `${year - int(1, 4)}-${pick('01-01', '06-30', '12-31')}`
        : addDays(on, -int(0, 9000)),
  );
  const company: Company = {
    on,
    year,
    action: chance(0.75) ? 'new' : 'renewal',
    registeredOn,
    resident: known(!chance(0.1)),
    techField: known(pick('1.1', '2', '4.3.1', '8')),
    ...drawIndustry(draw),
    nicheSince: known(
      chance(0.5) ? addDays(`${year - 4}-12-31`, int(-1, 1)) : addDays(`${year - 4}-12-31`, int(-3000, 900)),
    ),
    marketShare: chance(0.3) ? null : draw.near(100_000, 0, 400_000),
    nationalRank: chance(0.3) ? null : int(1, 6),
    wellKnown: pick(true, true, true, false, null),
    keyField: pick(true, true, false, null),
    years: new Map(),
    ip: drawIp(draw, on),
    titles: drawTitles(draw, on),
    conduct: drawConduct(draw, on),
    awards: drawAwards(draw, on),
  };
  drawFigures(draw, company);
  return company;
}

/** Rows of 300号, the commonest more than once. */
const SIZE_ROWS =
  'agriculture construction wholesale retail transport warehousing post accommodation catering telecom realEstate propertyManagement leasing other industry industry software software'.split(
    ' ',
  );

function drawIndustry({ pick, chance }: Draw): Pick<Company, 'sizeIndustry' | 'industry'> {
  if (chance(0.05)) return { sizeIndustry: null, industry: null };
  if (chance(0.3))
    return { sizeIndustry: null, industry: pick('3913', '6513', '5177', '5211', '4720', '7320') };
  const sizeIndustry = pick(...SIZE_ROWS);
  return { sizeIndustry, industry: null };
}

const emptyYear = (): Year => ({
  employees: null,
  techStaff: null,
  techStaffHnte: null,
  salesRevenue: null,
  operatingRevenue: null,
  mainRevenue: null,
  totalIncome: null,
  hiTechIncome: null,
  rdExpense: null,
  rdExpenseHnte: null,
  rdExpenseDomestic: null,
  totalAssets: null,
  totalLiabilities: null,
  developmentScore: null,
});

function drawFigures(draw: Draw, company: Company): void {
  const { int, chance, known, near, pick } = draw;
  const { year: T, registeredOn, years } = company;
  const first = Math.max(registeredOn === null ? 0 : Number(registeredOn.slice(0, 4)), T - 3);
  for (let y = first; y < T; y += 1) years.set(y, emptyYear());
  const drawn = [...years.entries()];
  if (chance(0.95)) {
    const now = emptyYear();
    now.developmentScore = known(near(6000, 3000, 9000));
    years.set(T, now);
  }
  const last = years.get(T - 1);
  if (!last || drawn.length === 0) return;

  // Sales: the last year at an edge of a band, the sum a multiple of 100 分, so that 3, 4 and 5 % are whole.
  const edge = pick(5000 * WAN, 20_000 * WAN);
  const sales = drawn.map(([y]) =>
    chance(0.02) ? 0 : y === T - 1 ? near(edge, 1, 40_000 * WAN) : int(1, 300) * 100 * WAN,
  );
  const rest = sales.reduce((a, b) => a + b, 0) % 100;
  if (drawn.length > 1 && sales[0]! > 0) sales[0]! += 100 - rest;
  const total = sales.reduce((a, b) => a + b, 0);
  const percent = sales.at(-1)! <= 5000 * WAN ? 5 : sales.at(-1)! <= 20_000 * WAN ? 4 : 3;
  const research = split(
    draw,
    near(Math.floor((total * pick(percent, percent, 3, 4, 5)) / 100), 0, Math.ceil(total / 5)),
    drawn.length,
  );
  const abroad = split(
    draw,
    Math.min(near(Math.floor(sum(research) * 0.4), 0, sum(research)), sum(research)),
    drawn.length,
  );
  drawn.forEach(([, figures], i) => {
    figures.salesRevenue = known(sales[i]!);
    // Half the time the reported figure is another one, and the one collected for 高企 decides.
    const hnte = chance(0.3);
    const decisive = known(research[i]!);
    figures.rdExpenseHnte = hnte ? decisive : null;
    figures.rdExpense = hnte && decisive !== null ? known(int(0, 3000) * WAN) : decisive;
    // Now and then more than the whole, which cannot be true.
    const domestic = chance(0.03) ? research[i]! + 1 : Math.max(0, research[i]! - abroad[i]!);
    figures.rdExpenseDomestic = known(domestic);
  });
  drawStaff(draw, last);
  last.totalIncome = known(chance(0.02) ? 0 : int(1, 500) * WAN * 10);
  if (last.totalIncome !== null)
    last.hiTechIncome = known(near((last.totalIncome / 100) * 60, 0, last.totalIncome));
  drawGradient(draw, company);
}

function drawStaff({ near, int, chance, known }: Draw, last: Year): void {
  const bound = [300, 500, 1000, 2000, 200][int(0, 4)]! * 100;
  last.employees = known(chance(0.02) ? 0 : chance(0.5) ? near(bound, 0, 300_000) : int(1, 100) * 1000);
  if (last.employees === null) return;
  const tech = near(Math.round(last.employees / 10), 0, Math.round(last.employees * 1.05));
  if (chance(0.2)) {
    last.techStaffHnte = tech;
    last.techStaff = known(int(0, last.employees));
  } else last.techStaff = known(tech);
}

/** Operating revenue, main business, assets and liabilities around the lines of 小巨人 and of 300号. */
function drawGradient(draw: Draw, { year: T, years }: Company): void {
  const { near, int, chance, known, pick } = draw;
  const [y1, y2, y3] = [years.get(T - 1)!, years.get(T - 2), years.get(T - 3)];
  const base = chance(0.02) ? 0 : int(1, 400) * 200_000 * 100;
  if (y3) y3.operatingRevenue = known(base);
  const lines = [5000, 10_000, 20_000, 30_000, 40_000, 80_000, 100_000, 200_000];
  y1.operatingRevenue = known(
    chance(0.02)
      ? 0
      : chance(0.5)
        ? near((base / 400) * 441, 0, 2 * base)
        : near(pick(...lines) * WAN, 1, 9000 * WAN),
  );
  if (y2) {
    y2.operatingRevenue = known(chance(0.02) ? 0 : int(1, 9000) * WAN);
    // The reported R&D decides for 小巨人: at 3 % of the year's revenue, or at 1,200万 in two years.
    if (chance(0.5) && y2.operatingRevenue !== null)
      y2.rdExpense = known(near(Math.ceil((y2.operatingRevenue * 3) / 100), 0, 900 * WAN));
    if (chance(0.5) && y1.operatingRevenue !== null)
      y1.rdExpense = known(
        chance(0.4) && y2.rdExpense !== null
          ? near(Math.max(0, 1200 * WAN - y2.rdExpense), 0, 1200 * WAN)
          : near(Math.ceil((y1.operatingRevenue * 3) / 100), 0, 1200 * WAN),
      );
  }
  if (y1.operatingRevenue !== null)
    y1.mainRevenue = known(
      Math.min(near(Math.ceil((y1.operatingRevenue * 9) / 10), 0, y1.operatingRevenue), y1.operatingRevenue),
    );
  y1.totalAssets = known(
    chance(0.02) ? 0 : chance(0.3) ? near(pick(10_000, 80_000, 120_000) * WAN, 1, 1) : int(1, 20_000) * WAN,
  );
  if (y1.totalAssets !== null)
    y1.totalLiabilities = known(near(Math.floor(y1.totalAssets * 0.75), 0, 2 * y1.totalAssets));
  y1.developmentScore = known(near(6000, 3000, 9000));
}

/** Splits a whole into random parts of the same sum. */
function split({ int }: Draw, whole: number, parts: number): number[] {
  const out: number[] = [];
  let left = whole;
  for (let i = 1; i < parts; i += 1) {
    const part = int(0, Math.floor((2 * left) / (parts - i + 2)));
    out.push(part);
    left -= part;
  }
  return [...out, left];
}
const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);

const list = (draw: Draw, most: number, row: () => Row): Row[] | null =>
  draw.chance(0.05) ? null : Array.from({ length: draw.int(0, most) }, row);

function drawIp(draw: Draw, on: Day): Row[] | null {
  const { pick, chance, known, int } = draw;
  return list(draw, 6, () => ({
    kind: chance(0.8)
      ? pick('invention', 'plantVariety', 'nationalCrop', 'nationalNewDrug', 'tcmProtection', 'icLayout')
      : pick('utilityModel', 'design', 'softwareCopyright'),
    grantedOn: chance(0.9) ? addDays(on, -int(0, 3000)) : addDays(on, int(0, 2)),
    obtainedBy: known(chance(0.9) ? 'own' : 'transfer'),
    rightHolderRank: known(chance(0.8) ? 1 : int(2, 5)),
    relatedToMainProduct: known(chance(0.9) ? 1 : 0),
    applied: known(chance(0.9) ? 1 : 0),
    usedInHnteApplicationOn: chance(0.3) ? addDays(on, -int(400, 2000)) : null,
    until: chance(0.1) ? addDays(on, int(-2, 2)) : null,
  }));
}

function drawTitles(draw: Draw, on: Day): Row[] | null {
  const { pick, chance, known, int } = draw;
  return list(draw, 3, () => ({
    scheme: pick('srdi', 'srdi', 'srdi', 'isme', 'hnte'),
    grantedOn: known(chance(0.5) ? addDays(on, int(-1, 1)) : addYears(on, -2)),
    validUntil: known(chance(0.5) ? addDays(on, int(-1, 1)) : addYears(on, 1)),
    status: known(chance(0.8) ? 'valid' : pick('expired', 'revoked', 'withdrawn')),
  }));
}

function drawConduct(draw: Draw, on: Day): Row[] | null {
  const { pick, chance, known, int } = draw;
  return list(draw, 2, () => ({
    kind: pick('safety', 'quality', 'environment', 'networkSecurity', 'tax', 'dataFraud'),
    severity: known(pick('minor', 'larger', 'major', 'extraordinary')),
    on: known(
      chance(0.3)
        ? addDays(on, -365 + int(-1, 1))
        : chance(0.4)
          ? addDays(addYears(on, -3), int(-1, 1))
          : addDays(on, int(-1500, 2)),
    ),
  }));
}

function drawAwards(draw: Draw, on: Day): Row[] | null {
  const { pick, chance, known, int } = draw;
  return list(draw, 1, () => ({
    kind: known(chance(0.8) ? 'scienceAndTechnology' : 'makerChina'),
    level: known(pick('national', 'national', 'provincial')),
    rank: known(int(1, 5)),
    on: known(chance(0.5) ? addDays(addYears(on, -3), int(-1, 1)) : addDays(on, -int(0, 2000))),
  }));
}
