import { Form } from '@remix-run/react';
import type { EnterpriseLibraries } from '../queries/enterprise-libraries.server.ts';
import { Button } from './button.tsx';
import { SchemeChip, TIERS } from './chips.tsx';
import { Field, SelectField, type Option } from './field.tsx';
import { minuteText } from './format.ts';
import { A } from './link.tsx';
import { Card } from './page.tsx';

/** What the forms of the card need: schemes with a library. */
export interface LibraryDoing {
  schemes: readonly Option[];
}

type Place = EnterpriseLibraries['places'][number];

function PlaceLine({ place }: { place: Place }) {
  return (
    <li className="flex flex-wrap items-baseline gap-x-2">
      <A to={place.to}>{place.label}</A>
      {place.scheme && <SchemeChip scheme={place.scheme} label={place.schemeLabel} />}
      <span className="text-xs text-ink-3">
        {place.fromOn}
        {place.toOn ? ` 至 ${place.toOn}` : ' 起'}
      </span>
      <span className="text-ink-2">{place.toOn ? (place.endReason ?? place.why) : place.why}</span>
    </li>
  );
}

/** Lists and libraries in which an enterprise stands, what is proposed for it, and what may be done. */
export function LibraryCard({
  enterpriseId,
  base,
  libraries,
  doing,
}: {
  enterpriseId: number;
  base: string;
  libraries: EnterpriseLibraries;
  doing: LibraryDoing | null;
}) {
  const { places, waiting } = libraries;
  const lasting = places.filter(({ toOn }) => toOn === null);
  const past = places.filter(({ toOn }) => toOn !== null);
  return (
    <Card id="libraries" title="培育与名单">
      {lasting.length === 0 && <p className="text-ink-3">不在任何名单。</p>}
      <ul className="grid gap-1">
        {lasting.map((place) => (
          <PlaceLine key={place.key} place={place} />
        ))}
      </ul>
      {waiting.length > 0 && (
        <ul className="mt-2 grid gap-1 border-t border-line pt-2">
          {waiting.map((row) => (
            <li key={row.id}>
              <span className="chip mr-2 bg-unknown-soft text-unknown">待审批</span>
              {row.schemeLabel}
              {row.kindLabel}：{row.reason}
              <span className="ml-2 text-xs text-ink-3">
                {row.proposer} {minuteText(row.proposedAt)}
              </span>
            </li>
          ))}
        </ul>
      )}
      {past.length > 0 && (
        <details className="mt-2 border-t border-line pt-2">
          <summary className="text-accent">已退出 {past.length} 次</summary>
          <ul className="mt-2 grid gap-1">
            {past.map((place) => (
              <PlaceLine key={place.key} place={place} />
            ))}
          </ul>
        </details>
      )}
      <p className="no-print mt-3 flex flex-wrap gap-x-3 border-t border-line pt-2 text-xs">
        <span className="text-ink-3">纸面：</span>
        <A to={`${base}/brief`}>一企一页</A>
        {TIERS.map(({ id, short }) => (
          <A key={id} to={`${base}/sheet/${id}`}>
            {short}推荐表
          </A>
        ))}
      </p>
      {doing && (
        <details className="no-print mt-3 border-t border-line pt-2">
          <summary className="text-accent">提请入库、退库，列入重点跟进</summary>
          <Form method="post" action="/libraries/change" noValidate className="mt-3 grid gap-3">
            <input type="hidden" name="enterprise" value={enterpriseId} />
            <input type="hidden" name="back" value={`${base}#libraries`} />
            <SelectField
              label="培育库"
              name="scheme"
              options={doing.schemes}
              help="只用于入库和退库"
              defaultValue="giant"
            />
            <Field label="理由" name="reason" maxLength={300} autoComplete="off" />
            <p className="flex flex-wrap gap-2">
              <Button name="do" value="enrol">
                提请入库
              </Button>
              <Button name="do" value="remove">
                提请退库
              </Button>
              {lasting.some(({ list }) => list === 'focus') ? (
                <Button name="do" value="unfocus">
                  移出重点跟进
                </Button>
              ) : (
                <Button name="do" value="focus">
                  列入重点跟进
                </Button>
              )}
            </p>
          </Form>
        </details>
      )}
    </Card>
  );
}
