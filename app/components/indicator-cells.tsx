import type { ChangeCell, IndicatorLine, TargetCell } from '../queries/indicator-lines.server.ts';
import { Icon } from './icons.tsx';
import { A } from './link.tsx';

/** Address of an indicator's page. */
export const indicatorAddress = (id: string) => `/indicators/${encodeURIComponent(id)}`;

/** An indicator's name with the way to what it counts. */
export function IndicatorName({ id, label }: { id: string; label: string }) {
  return <A to={indicatorAddress(id)}>{label}</A>;
}

/** The way to an indicator's definition. */
export function DefinitionLink({ id, label }: { id: string; label: string }) {
  return (
    <A to={`/definitions/${encodeURIComponent(id)}`} className="text-xs" aria-label={`${label}的口径`}>
      口径
    </A>
  );
}

/** A change with its direction as a mark; a dash says why on hover and to screen readers. */
export function Changed({ change }: { change: ChangeCell | null }) {
  if (!change) return <span className="text-ink-3">不计</span>;
  if (change.why) {
    return (
      <span className="text-ink-3" title={change.why}>
        {change.text}
        <span className="sr-only">{change.why}</span>
      </span>
    );
  }
  return (
    <span className="inline-flex items-center gap-0.5 tabular-nums">
      {change.direction !== 0 && <Icon name={change.direction > 0 ? 'up' : 'down'} className="size-3" />}
      {change.text}
    </span>
  );
}

/** A figure that opens its list where it has one. */
export function FigureText({ line }: { line: IndicatorLine }) {
  if (!line.known) return <span className="text-ink-3">{line.text}</span>;
  return line.to ? <A to={line.to}>{line.text}</A> : <>{line.text}</>;
}

/** How much of a target is reached, as a bar; its number stands beside it. */
export function TargetBar({ target }: { target: TargetCell }) {
  if (target.fill === null) return null;
  return (
    <div className="h-1.5 overflow-hidden rounded-full bg-sunken" aria-hidden="true">
      <div
        className={`h-full rounded-full ${target.reached ? 'bg-met' : 'bg-accent'}`}
        style={{ width: `${target.fill * 100}%` }}
      />
    </div>
  );
}
