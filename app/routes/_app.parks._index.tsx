import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { AdminLog } from '../components/admin-log.tsx';
import { ButtonLink } from '../components/button.tsx';
import { Icon } from '../components/icons.tsx';
import { EmptyState, PageHead } from '../components/page.tsx';
import { ParkTree } from '../components/park-view.tsx';
import { adminLog } from '../queries/admin-log.server.ts';
import { withoutPark } from '../queries/parks-page.server.ts';
import { enter, mayOpen } from '../services/access.server.ts';
import { parkTree } from '../services/parks.server.ts';

export const meta: MetaFunction = () => [{ title: '园区 - 梯度' }];

export async function loader({ request }: LoaderFunctionArgs) {
  const { db, user } = await enter(request, '_app.parks._index');
  return {
    parks: parkTree(db),
    without: withoutPark(db),
    log: adminLog(db, 'park'),
    mayEdit: mayOpen(user.role, '_app.parks.new'),
  };
}

export default function Parks() {
  const { parks, without, log, mayEdit } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead title="园区" basis="一区多园；上级园区的名单和统计包含全部下级">
        {mayEdit && (
          <ButtonLink to="/parks/new" look="primary">
            <Icon name="plus" />
            新增园区
          </ButtonLink>
        )}
      </PageHead>
      {parks.length > 0 ? (
        <ParkTree parks={parks} mayEdit={mayEdit} />
      ) : (
        <div className="card">
          <EmptyState title="还没有园区">
            {mayEdit
              ? '新增园区后可以把企业分派进去；导入名录时写明的园区也会自动建立。'
              : '请系统管理员新增园区；导入名录时写明的园区也会自动建立。'}
          </EmptyState>
        </div>
      )}
      <p className="mt-3 text-ink-2">另有 {without.toLocaleString('zh-CN')} 家企业没有登记所属园区。</p>
      <AdminLog lines={log} />
    </>
  );
}
