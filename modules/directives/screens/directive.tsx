import { useParams } from 'wouter';
import { t } from '#web/i18n/words.ts';
import { useQuery } from '#web/query.ts';
import { PageHead } from '#web/kit/card.tsx';
import { RemoteView } from '#web/kit/notice.tsx';
import { getDirective } from '../schema.ts';
import { DraftPage } from './draft-page.tsx';
import { IssuedPage } from './issued-page.tsx';

/** One directive: a draft whose clears are completed, or what was issued and how far it has come. */
export default function DirectiveScreen() {
  const { province = '', directive = '' } = useParams<{ province: string; directive: string }>();
  const found = useQuery(getDirective, { params: { province, directive } });
  if (found.value === undefined) return <><PageHead title={t('directives.directive')} crumbs={[{ label: t('directives.title'), to: '/chi-dao' }]} /><RemoteView of={found}>{() => null}</RemoteView></>;
  return found.value.state === 'drafting' ? <DraftPage found={found.value} onChange={found.reload} /> : <IssuedPage directive={found.value} onChange={found.reload} />;
}
