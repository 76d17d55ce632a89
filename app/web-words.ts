import type auditWords from '../modules/audit/screens/messages.vi.json';
import type coverageWords from '../modules/coverage/screens/messages.vi.json';
import type classificationWords from '../modules/classification/messages.vi.json';
import type classificationScreenWords from '../modules/classification/screens/messages.vi.json';
import type definitionsWords from '../modules/definitions/screens/messages.vi.json';
import type directivesWords from '../modules/directives/screens/messages.vi.json';
import type facilitiesWords from '../modules/facilities/messages.vi.json';
import type facilitiesScreenWords from '../modules/facilities/screens/messages.vi.json';
import type hotspotsWords from '../modules/hotspots/messages.vi.json';
import type hotspotsScreenWords from '../modules/hotspots/screens/messages.vi.json';
import type identityWords from '../modules/identity/screens/messages.vi.json';
import type instrumentsWords from '../modules/instruments/screens/messages.vi.json';
import type orgUnitsWords from '../modules/org-units/messages.vi.json';
import type orgUnitsScreenWords from '../modules/org-units/screens/messages.vi.json';
import type indicatorsWords from '../modules/indicators/messages.vi.json';
import type indicatorsScreenWords from '../modules/indicators/screens/messages.vi.json';
import type preventionWords from '../modules/prevention/screens/messages.vi.json';
import type returnsWords from '../modules/returns/screens/messages.vi.json';

/** The message keys of every module, so that `t('...')` is checked when screens are compiled. One line a module. */
declare module '../web/i18n/catalogue.ts' {
  interface Catalogue {
    audit: typeof auditWords;
    coverage: typeof coverageWords;
    classification: typeof classificationWords & typeof classificationScreenWords;
    definitions: typeof definitionsWords;
    directives: typeof directivesWords;
    facilities: typeof facilitiesWords & typeof facilitiesScreenWords;
    hotspots: typeof hotspotsWords & typeof hotspotsScreenWords;
    identity: typeof identityWords;
    instruments: typeof instrumentsWords;
    orgUnits: typeof orgUnitsWords & typeof orgUnitsScreenWords;
    indicators: typeof indicatorsWords & typeof indicatorsScreenWords;
    prevention: typeof preventionWords;
    returns: typeof returnsWords;
  }
}
