import { fieldOf } from '../rules/facts/field-of.ts';
import { fieldText, fieldUnit } from './facts-form.ts';
import { factLabel } from './fact-labels.ts';
import { Blank } from './values.tsx';

/** A value of the facts by its path, in words and with its unit; of a list how many entries it has. */
export function FactValue({ path, value }: { path: string; value: unknown }) {
  if (value === null || value === undefined) return <Blank says="未知" />;
  const field = fieldOf(path);
  if (field) {
    const option = field.options?.find((each) => each.value === value);
    const unit = fieldUnit(field);
    return (
      <>
        {option?.label ?? fieldText(field, value)}
        {unit && <small className="text-ink-3"> {unit}</small>}
      </>
    );
  }
  if (Array.isArray(value)) {
    if (value.length === 0) return <>没有</>;
    return typeof value[0] === 'object' ? <>{value.length} 项</> : <>{value.join('、')}</>;
  }
  if (typeof value === 'boolean') return <>{value ? '是' : '否'}</>;
  return <>{String(value)}</>;
}

/** What a path means. */
export const FactName = ({ path }: { path: string }) => <>{factLabel(path)}</>;
