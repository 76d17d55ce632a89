import type { WebModule } from '#web/shell/config.ts';

type Load = () => Promise<{ readonly default: Readonly<Record<string, string>> }>;
/** Words of the screens and those the server says too, as one. */
const both = (screens: Load, module: Load): Load => async () => {
  const [first, second] = await Promise.all([screens(), module()]);
  return { default: { ...second.default, ...first.default } };
};

/**
 * Every module's screens, in the order of the menu. A screen is fetched when it is first opened; `permission` is the one
 * its contracts ask for. Adding a module: its entry here and its line in `web-words.ts`.
 */
export const webModules: readonly WebModule[] = [
  {
    name: 'directives',
    words: {
      vi: both(() => import('../modules/directives/screens/messages.vi.json'), () => import('../modules/directives/messages.vi.json')),
      en: both(() => import('../modules/directives/screens/messages.en.json'), () => import('../modules/directives/messages.en.json')),
    },
    uses: ['org-units'],
    panels: [{ at: 'unit', permission: 'tasks.read', load: () => import('../modules/directives/screens/unit-panel.tsx') }],
    screens: [
      { path: '/viec', titleKey: 'directives.my-work', permission: 'signed-in', load: () => import('../modules/directives/screens/my-work.tsx'), nav: { labelKey: 'nav.work', icon: 'list', group: 'mine', tab: 1, tabKey: 'nav.work-short' } },
      { path: '/chi-dao', titleKey: 'directives.title', permission: 'directives.read', load: () => import('../modules/directives/screens/directives.tsx'), nav: { labelKey: 'nav.directives', icon: 'flag', group: 'direct' } },
      { path: '/chi-dao/moi', titleKey: 'directives.new-from-text', permission: 'directives.draft', load: () => import('../modules/directives/screens/new-directive.tsx') },
      { path: '/chi-dao/su-kien', titleKey: 'deadline-events.title', permission: 'directives.read', load: () => import('../modules/directives/screens/deadline-events.tsx') },
      { path: '/lich-lam-viec', titleKey: 'working-calendar.title', permission: 'signed-in', load: () => import('../modules/directives/screens/working-calendar.tsx') },
      { path: '/chi-dao/:province/:directive', titleKey: 'directives.directive', permission: 'directives.read', load: () => import('../modules/directives/screens/directive.tsx') },
      { path: '/nhiem-vu/:province/:task', titleKey: 'directives.task', permission: 'tasks.read', load: () => import('../modules/directives/screens/task.tsx') },
    ],
  },
  {
    name: 'returns',
    sends: { 'returns.submit': () => import('../modules/returns/screens/sender.ts') },
    words: {
      vi: both(() => import('../modules/returns/screens/messages.vi.json'), () => import('../modules/returns/messages.vi.json')),
      en: both(() => import('../modules/returns/screens/messages.en.json'), () => import('../modules/returns/messages.en.json')),
    },
    panels: [{ at: 'unit', permission: 'returns.read', load: () => import('../modules/returns/screens/unit-panel.tsx') }],
    screens: [
      { path: '/bao-cao', titleKey: 'returns.title', permission: 'returns.read', load: () => import('../modules/returns/screens/calendar.tsx'), nav: { labelKey: 'nav.returns', icon: 'grid', group: 'figures', tab: 2, tabKey: 'nav.returns-short' } },
      { path: '/bao-cao/duyet', titleKey: 'returns.queue-title', permission: 'returns.approve', load: () => import('../modules/returns/screens/queue.tsx') },
      { path: '/bao-cao/nghiem-thu', titleKey: 'returns.acceptance-title', permission: 'returns.approve', load: () => import('../modules/returns/screens/acceptance.tsx') },
      { path: '/bao-cao/can-xu-ly', titleKey: 'returns.violations-title', permission: 'returns.read', load: () => import('../modules/returns/screens/violations.tsx') },
      { path: '/bao-cao/nhap', titleKey: 'returns.import-title', permission: 'returns.submit', load: () => import('../modules/returns/screens/import.tsx') },
      { path: '/bao-cao/:province/:unit/:period/:dataSet', titleKey: 'returns.title', permission: 'returns.read', load: () => import('../modules/returns/screens/entry.tsx') },
      { path: '/bao-cao/:province/:unit/:period/:dataSet/xem-lai', titleKey: 'returns.review-and-send', permission: 'returns.read', load: () => import('../modules/returns/screens/review.tsx') },
      { path: '/bao-cao/:province/:unit/:period/:dataSet/lich-su', titleKey: 'returns.history', permission: 'returns.read', load: () => import('../modules/returns/screens/history.tsx') },
    ],
  },
  {
    name: 'definitions',
    words: { vi: () => import('../modules/definitions/screens/messages.vi.json'), en: () => import('../modules/definitions/screens/messages.en.json') },
    screens: [
      { path: '/chi-tieu', titleKey: 'definitions.dictionary', permission: 'signed-in', load: () => import('../modules/definitions/screens/dictionary.tsx'), nav: { labelKey: 'nav.indicators', icon: 'chart', group: 'figures' } },
      { path: '/dinh-nghia', titleKey: 'definitions.editions', permission: 'signed-in', load: () => import('../modules/definitions/screens/editions.tsx'), nav: { labelKey: 'nav.definitions', icon: 'history', group: 'figures' } },
    ],
  },
  {
    name: 'indicators',
    words: {
      vi: both(() => import('../modules/indicators/screens/messages.vi.json'), () => import('../modules/indicators/messages.vi.json')),
      en: both(() => import('../modules/indicators/screens/messages.en.json'), () => import('../modules/indicators/messages.en.json')),
    },
    panels: [{ at: 'unit', permission: 'indicators.read', load: () => import('../modules/indicators/screens/unit-panel.tsx') }],
    screens: [
      { path: '/tong-quan', titleKey: 'indicators.overview', permission: 'indicators.read', load: () => import('../modules/indicators/screens/overview.tsx'), nav: { labelKey: 'nav.overview', icon: 'home', group: 'mine' } },
      { path: '/chi-tieu/:indicator', titleKey: 'indicators.indicator', permission: 'indicators.read', load: () => import('../modules/indicators/screens/indicator.tsx') },
      { path: '/giai-thich', titleKey: 'indicators.explain', permission: 'indicators.read', load: () => import('../modules/indicators/screens/explain.tsx') },
      { path: '/phan-tich', titleKey: 'indicators.analysis', permission: 'indicators.read', load: () => import('../modules/indicators/screens/analysis.tsx'), nav: { labelKey: 'nav.analysis', icon: 'chart', group: 'figures' } },
      { path: '/chat-luong', titleKey: 'indicators.data-quality', permission: 'indicators.read', load: () => import('../modules/indicators/screens/quality.tsx'), nav: { labelKey: 'nav.quality', icon: 'shield', group: 'figures' } },
      { path: '/so-lieu-cong-bo', titleKey: 'indicators.published-all', permission: 'indicators.read', load: () => import('../modules/indicators/screens/published.tsx') },
      { path: '/cam-ket', titleKey: 'indicators.commitments', permission: 'indicators.read', load: () => import('../modules/indicators/screens/commitments.tsx') },
    ],
  },
  {
    name: 'facilities',
    words: {
      vi: both(() => import('../modules/facilities/screens/messages.vi.json'), () => import('../modules/facilities/messages.vi.json')),
      en: both(() => import('../modules/facilities/screens/messages.en.json'), () => import('../modules/facilities/messages.en.json')),
    },
    uses: ['org-units'],
    panels: [{ at: 'unit', permission: 'facilities.read', load: () => import('../modules/facilities/screens/unit-panel.tsx') }],
    sends: { 'facility-day': () => import('../modules/facilities/screens/sender.ts') },
    screens: [
      { path: '/co-so', titleKey: 'facilities.title', permission: 'facilities.read', load: () => import('../modules/facilities/screens/facilities.tsx'), nav: { labelKey: 'nav.facilities', icon: 'home', group: 'places' } },
      { path: '/co-so/du-bao', titleKey: 'facilities.forecast', permission: 'facilities.forecast', load: () => import('../modules/facilities/screens/forecast.tsx') },
      { path: '/co-so/:province/:facility', titleKey: 'facilities.facility', permission: 'facilities.read', load: () => import('../modules/facilities/screens/facility.tsx') },
      { path: '/co-so/:province/:facility/so', titleKey: 'facilities.book', permission: 'facilities.read-book', load: () => import('../modules/facilities/screens/book.tsx') },
      { path: '/co-so/:province/:facility/kiem-tra', titleKey: 'facilities.inspect', permission: 'facilities.inspect', load: () => import('../modules/facilities/screens/inspection.tsx') },
    ],
  },
  {
    name: 'org-units',
    words: {
      vi: both(() => import('../modules/org-units/screens/messages.vi.json'), () => import('../modules/org-units/messages.vi.json')),
      en: both(() => import('../modules/org-units/screens/messages.en.json'), () => import('../modules/org-units/messages.en.json')),
    },
    screens: [
      { path: '/tinh', titleKey: 'org-units.title', permission: 'signed-in', load: () => import('../modules/org-units/screens/nation.tsx'), nav: { labelKey: 'nav.units', icon: 'pin', group: 'places', tab: 3, tabKey: 'nav.units-short' } },
      { path: '/tinh/:ma', titleKey: 'org-units.title', permission: 'signed-in', load: () => import('../modules/org-units/screens/province.tsx') },
      { path: '/xa/:ma', titleKey: 'org-units.title', permission: 'signed-in', load: () => import('../modules/org-units/screens/commune.tsx') },
      { path: '/ban-chi-dao', titleKey: 'org-units.committees.title', permission: 'signed-in', load: () => import('../modules/org-units/screens/committees.tsx'), nav: { labelKey: 'nav.committees', icon: 'people', group: 'places' } },
      { path: '/ban-chi-dao/:ma', titleKey: 'org-units.committees.title', permission: 'signed-in', load: () => import('../modules/org-units/screens/committee.tsx') },
    ],
  },
  {
    name: 'coverage',
    words: {
      vi: both(() => import('../modules/coverage/screens/messages.vi.json'), () => import('../modules/coverage/messages.vi.json')),
      en: both(() => import('../modules/coverage/screens/messages.en.json'), () => import('../modules/coverage/messages.en.json')),
    },
    panels: [{ at: 'unit', permission: 'coverage.read', load: () => import('../modules/coverage/screens/unit-panel.tsx') }],
    sends: { 'coverage.visit': () => import('../modules/coverage/screens/sender.ts') },
    screens: [
      { path: '/ra-soat', titleKey: 'coverage.title', permission: 'coverage.read', load: () => import('../modules/coverage/screens/campaigns.tsx'), nav: { labelKey: 'nav.coverage', icon: 'grid', group: 'places' } },
      { path: '/ra-soat/:province/:campaign', titleKey: 'coverage.title', permission: 'coverage.read', load: () => import('../modules/coverage/screens/campaign.tsx') },
      { path: '/ra-soat/:province/:campaign/:shard/:commune', titleKey: 'coverage.title', permission: 'coverage.read', load: () => import('../modules/coverage/screens/division.tsx') },
    ],
  },
  {
    name: 'classification',
    words: {
      vi: both(() => import('../modules/classification/screens/messages.vi.json'), () => import('../modules/classification/messages.vi.json')),
      en: both(() => import('../modules/classification/screens/messages.en.json'), () => import('../modules/classification/messages.en.json')),
    },
    uses: ['org-units', 'directives'],
    panels: [{ at: 'unit-top', permission: 'classification.read', load: () => import('../modules/classification/screens/verdict-panel.tsx') }],
    screens: [
      { path: '/khong-ma-tuy', titleKey: 'classification.title', permission: 'classification.read', load: () => import('../modules/classification/screens/list.tsx'), nav: { labelKey: 'nav.classification', icon: 'star', group: 'places' } },
      { path: '/khong-ma-tuy/thu-tuc', titleKey: 'classification.procedure', permission: 'classification.read', load: () => import('../modules/classification/screens/procedure.tsx') },
      { path: '/khong-ma-tuy/lo-trinh', titleKey: 'classification.trajectory', permission: 'classification.read', load: () => import('../modules/classification/screens/trajectory.tsx') },
      { path: '/khong-ma-tuy/thu-nguong', titleKey: 'classification.what-if', permission: 'classification.try', load: () => import('../modules/classification/screens/what-if.tsx') },
      { path: '/khong-ma-tuy/dau-hieu', titleKey: 'classification.signals', permission: 'classification.see-signals', load: () => import('../modules/classification/screens/signals.tsx') },
      { path: '/khong-ma-tuy/hoi-dong/:ma', titleKey: 'classification.council', permission: 'classification.read', load: () => import('../modules/classification/screens/council.tsx') },
      { path: '/xa/:ma/khong-ma-tuy', titleKey: 'classification.assessment', permission: 'classification.read', load: () => import('../modules/classification/screens/assessment.tsx') },
      { path: '/tinh/:ma/khong-ma-tuy', titleKey: 'classification.assessment', permission: 'classification.read', load: () => import('../modules/classification/screens/assessment.tsx') },
      { path: '/cong-khai/khong-ma-tuy', titleKey: 'classification.notices', permission: 'anyone', load: () => import('../modules/classification/screens/notices.tsx') },
      { path: '/cong-khai/khong-ma-tuy/:province/:period', titleKey: 'classification.public-notice', permission: 'anyone', load: () => import('../modules/classification/screens/notice.tsx') },
    ],
  },
  {
    name: 'hotspots',
    sends: { 'hotspot-place': () => import('../modules/hotspots/screens/place-sender.ts'), 'hotspot-check': () => import('../modules/hotspots/screens/check-sender.ts') },
    words: {
      vi: both(() => import('../modules/hotspots/screens/messages.vi.json'), () => import('../modules/hotspots/messages.vi.json')),
      en: both(() => import('../modules/hotspots/screens/messages.en.json'), () => import('../modules/hotspots/messages.en.json')),
    },
    uses: ['org-units'],
    panels: [{ at: 'unit', permission: 'hotspots.read', load: () => import('../modules/hotspots/screens/unit-panel.tsx') }],
    screens: [
      { path: '/diem-nong', titleKey: 'hotspots.title', permission: 'hotspots.read', load: () => import('../modules/hotspots/screens/board.tsx'), nav: { labelKey: 'nav.hotspots', icon: 'pin', group: 'places' } },
      { path: '/diem-nong/moi', titleKey: 'hotspots.record-title', permission: 'hotspots.report', load: () => import('../modules/hotspots/screens/record.tsx') },
      { path: '/diem-nong/kiem-tra', titleKey: 'hotspots.due-checks-title', permission: 'hotspots.work', load: () => import('../modules/hotspots/screens/due-checks.tsx') },
      { path: '/diem-nong/nhap', titleKey: 'hotspots.import-title', permission: 'hotspots.import', load: () => import('../modules/hotspots/screens/import.tsx') },
      { path: '/diem-nong/so-lieu', titleKey: 'hotspots.figures', permission: 'hotspots.read', load: () => import('../modules/hotspots/screens/figures.tsx') },
      { path: '/diem-nong/:province/:place', titleKey: 'hotspots.place', permission: 'hotspots.read', load: () => import('../modules/hotspots/screens/place.tsx') },
    ],
  },
  {
    name: 'prevention',
    words: {
      vi: both(() => import('../modules/prevention/screens/messages.vi.json'), () => import('../modules/prevention/messages.vi.json')),
      en: both(() => import('../modules/prevention/screens/messages.en.json'), () => import('../modules/prevention/messages.en.json')),
    },
    screens: [
      { path: '/phong-ngua', titleKey: 'prevention.title', permission: 'prevention.read', load: () => import('../modules/prevention/screens/prevention.tsx'), nav: { labelKey: 'nav.prevention', icon: 'shield', group: 'people' } },
      { path: '/phong-ngua/mo-hinh/:province/:model', titleKey: 'prevention.title', permission: 'prevention.read', load: () => import('../modules/prevention/screens/model.tsx') },
      { path: '/phong-ngua/thi-diem/:province/:pilot', titleKey: 'prevention.title', permission: 'prevention.read', load: () => import('../modules/prevention/screens/pilot.tsx') },
      { path: '/phong-ngua/truyen-thong/:province/:drive', titleKey: 'prevention.title', permission: 'prevention.read', load: () => import('../modules/prevention/screens/drive.tsx') },
    ],
  },
  {
    name: 'instruments',
    words: {
      vi: both(() => import('../modules/instruments/screens/messages.vi.json'), () => import('../modules/instruments/messages.vi.json')),
      en: both(() => import('../modules/instruments/screens/messages.en.json'), () => import('../modules/instruments/messages.en.json')),
    },
    screens: [
      { path: '/van-ban', titleKey: 'instruments.title', permission: 'instruments.read', load: () => import('../modules/instruments/screens/instruments.tsx'), nav: { labelKey: 'nav.instruments', icon: 'flag', group: 'papers' } },
      { path: '/van-ban/:province/:instrument', titleKey: 'instruments.title', permission: 'instruments.read', load: () => import('../modules/instruments/screens/instrument.tsx') },
    ],
  },
  {
    name: 'identity',
    words: { vi: () => import('../modules/identity/screens/messages.vi.json'), en: () => import('../modules/identity/screens/messages.en.json') },
    uses: ['org-units'],
    screens: [
      { path: '/dang-nhap', titleKey: 'shell.sign-in', permission: 'anyone', load: () => import('../modules/identity/screens/sign-in.tsx') },
      { path: '/sign-in/oidc', titleKey: 'shell.sign-in', permission: 'anyone', load: () => import('../modules/identity/screens/oidc-return.tsx') },
      { path: '/invitation', titleKey: 'identity.invitation.title', permission: 'anyone', load: () => import('../modules/identity/screens/invitation.tsx') },
      { path: '/tai-khoan', titleKey: 'nav.account', permission: 'signed-in', load: () => import('../modules/identity/screens/my-account.tsx') },
      {
        path: '/quan-tri/nguoi-dung', titleKey: 'nav.accounts', permission: 'identity.read-accounts', load: () => import('../modules/identity/screens/accounts.tsx'),
        nav: { labelKey: 'nav.accounts', icon: 'people', group: 'system' },
      },
      { path: '/quan-tri/nguoi-dung/:id', titleKey: 'nav.accounts', permission: 'identity.read-accounts', load: () => import('../modules/identity/screens/account.tsx') },
      {
        path: '/quan-tri/giam-sat', titleKey: 'nav.oversight', permission: 'identity.two-bodies', load: () => import('../modules/identity/screens/oversight.tsx'),
        nav: { labelKey: 'nav.oversight', icon: 'shield', group: 'system' },
      },
    ],
  },
  {
    name: 'audit',
    words: { vi: () => import('../modules/audit/screens/messages.vi.json'), en: () => import('../modules/audit/screens/messages.en.json') },
    uses: ['identity'],
    screens: [
      { path: '/kiem-toan', titleKey: 'audit.title', permission: 'audit.read', load: () => import('../modules/audit/screens/audit.tsx'), nav: { labelKey: 'nav.audit', icon: 'shield', group: 'system' } },
      { path: '/kiem-toan/cua-toi', titleKey: 'audit.tab.mine', permission: 'signed-in', load: () => import('../modules/audit/screens/my-traces.tsx') },
    ],
  },
];

/** Roles whose day begins elsewhere than with their tasks. */
export const roleHomes: Readonly<Record<string, string>> = { administrator: '/quan-tri/nguoi-dung', oversight: '/kiem-toan', auditor: '/kiem-toan', 'facility-manager': '/co-so', 'facility-inspector': '/co-so' };

/** Where signing in ends: the first of these that exists and the role may open. */
export const homes = ['/viec', '/chi-dao', '/tinh', '/kiem-toan', '/quan-tri/nguoi-dung', '/tai-khoan'] as const;
