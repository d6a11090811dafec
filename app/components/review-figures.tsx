import type { Figure, ReviewDefinition } from '../pipeline/review/tables.ts';
import { Blank } from './values.tsx';

/** A figure as it is printed; a count opens its list. */
export function FigureText({ figure, unit = false }: { figure: Figure; unit?: boolean }) {
  const { value, text, to } = figure;
  if (value === null) {
    return text === '—' ? <Blank says="无" /> : <span title="家数过少，不予显示">{text}</span>;
  }
  const shown = (
    <>
      {text}
      {unit && <small className="ml-0.5 font-normal text-ink-3">{figure.unit}</small>}
    </>
  );
  // A plain link: its address is whole, and a page has hundreds of them.
  if (to) return <a href={to}>{shown}</a>;
  return value === 0 ? <span className="text-ink-3">{shown}</span> : <>{shown}</>;
}

/** The way from a word to its definition at the end of the page. */
export const Defined = ({ id, children }: { id: string; children: string }) => (
  <a href={`#def-${id}`} className="text-inherit underline decoration-dotted underline-offset-4">
    {children}
  </a>
);

const KINDS = { stock: '时点存量', flow: '期间流量', rate: '比率' } as const;

/** All definitions that the figures of the page go by. */
export function DefinitionList({ definitions }: { definitions: readonly ReviewDefinition[] }) {
  return (
    <table className="ledger">
      <caption className="sr-only">指标口径</caption>
      <thead>
        <tr>
          <th scope="col">指标</th>
          <th scope="col">计数内容（分子）</th>
          <th scope="col">分母</th>
          <th scope="col">性质</th>
          <th scope="col">单位</th>
          <th scope="col">修约</th>
        </tr>
      </thead>
      <tbody>
        {definitions.map((own) => (
          <tr key={own.id} id={`def-${own.id}`}>
            <th scope="row">{own.label}</th>
            <td className="wrap">{own.numerator}</td>
            <td className="wrap">{own.denominator ?? '—'}</td>
            <td>{KINDS[own.kind]}</td>
            <td>{own.unit}</td>
            <td>
              {own.rounding}，{own.digits} 位
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
