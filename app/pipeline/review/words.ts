/** The paragraphs of a review, in the idiom of such reports, from its own figures. Pure. */
import { exact } from '../figures/exact.ts';
import { quantity } from '../figures/quantity.ts';
import { changeInWords, changeOf } from '../figures/relations.ts';
import { spanWords, untilWords } from '../figures/span.ts';
import type {
  Figure,
  ReviewComparison,
  ReviewFunnel,
  ReviewParagraph,
  ReviewPeriod,
  ReviewScope,
} from './tables.ts';

const said = ({ text, unit }: Figure) => text + (unit === '家次' ? '家(次)' : unit === '%' ? '' : unit);

const change = (name: string, now: Figure, before: Figure): string => {
  const of = ({ value }: Figure) => (value === null ? null : quantity(exact(value), '个'));
  const found = changeOf(of(now), of(before));
  return found.kind === 'none' ? '' : `，${changeInWords(name, found)}`;
};

/** 全部园区: the scope of a sentence is its park; the other switches stand in brackets. */
const where = (scope: ReviewScope) => scope.words.split('；')[0]!;

/** Overview, tiers and movements as sentences; what is not known is left out. */
export function paragraphsOf(
  period: ReviewPeriod,
  scope: ReviewScope,
  funnel: ReviewFunnel,
  comparison: ReviewComparison,
): ReviewParagraph[] {
  const row = (id: string) => comparison.rows.find((each) => each.id === id)!;
  const until = untilWords(period.to).replace('截至', `截至${period.to.slice(0, 4)}年`);
  const tiers = funnel.tiers
    .map(({ tier, label, headline, held }) => {
      const value = scope.counting === 'headline' ? headline : held;
      return label + said(value) + change('同比', value, row(`stock.${tier}`).yearBefore);
    })
    .join('；');
  const flow = (id: string) => `${row(`flow.${id}`).label}${said(row(`flow.${id}`).current)}`;
  const newly = row('flow.newly');
  // Named only where there are any: with them the parts add up to the net.
  const rare = ['deregistered', 'transferIn', 'transferOut'].filter(
    (id) => comparison.rows.find((each) => each.id === `flow.${id}`)?.current.value,
  );
  const net = row('flow.net').current;
  return [
    {
      heading: '总体情况',
      text: `${until}，${where(scope)}在册企业${said(funnel.enterprises)}，有梯队称号${said(funnel.total)}。`,
    },
    {
      heading: '各级梯队',
      text: `按${scope.counting === 'headline' ? '就高' : '累计'}计，${tiers}。`,
    },
    {
      heading: '期内变动',
      text:
        `${spanWords(period)}，${flow('newly')}${change('同比', newly.current, newly.yearBefore)}；` +
        `${['renewed', 'movedIn', 'expired', 'revoked', 'movedOut', ...rare].map(flow).join('，')}；` +
        `${net.value !== null && net.value < 0 ? `净减${said({ ...net, text: net.text.replace('−', '') })}` : `净增${said(net)}`}。`,
    },
  ];
}
