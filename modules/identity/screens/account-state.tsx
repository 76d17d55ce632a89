import { sayKey } from '#web/i18n/words.ts';
import { StatusBadge, type StatusKind } from '#web/kit/status.tsx';
import type { AccountState } from '../schema.ts';

const kindOf: Readonly<Record<AccountState, StatusKind>> = { invited: 'half', active: 'ok', locked: 'bad', left: 'idle' };

export const AccountStateBadge = ({ state, bare = false }: { readonly state: AccountState; readonly bare?: boolean }) => <StatusBadge kind={kindOf[state]} bare={bare}>{sayKey(`identity.state.${state}`)}</StatusBadge>;
