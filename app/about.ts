import { contract } from '#kernel/contract.ts';
import { Day, Nullable, oneOf, shape, Type } from '#kernel/shape.ts';

/** What the screens must know of the installation before anybody signed in. */
export const getAbout = contract({
  method: 'GET', path: '/about', who: 'anyone', impersonal: true, summary: 'Kind of installation, version, and which roles hold which permission',
  reply: shape({
    mode: oneOf(['demonstration', 'production']),
    synthetic: Type.Boolean({ description: 'every figure is made up' }), version: Type.String(),
    programme: Nullable(shape({ vi: Type.String(), en: Type.String() })),
    today: Day,
    policy: Type.Record(Type.String(), Type.Array(Type.String()), { description: 'permission -> roles; the server decides by the same table' }),
  }),
  problems: {},
});
