import type { WebModule } from '#web/shell/config.ts';

/**
 * Every module's screens, in the order of the menu. A screen is fetched when it is first opened; `permission` is the one
 * its contracts ask for. Adding a module: its entry here and its line in `web-words.ts`.
 */
export const webModules: readonly WebModule[] = [
  {
    name: 'identity',
    words: { vi: () => import('../modules/identity/screens/messages.vi.json'), en: () => import('../modules/identity/screens/messages.en.json') },
    screens: [
      { path: '/dang-nhap', titleKey: 'shell.sign-in', permission: 'anyone', load: () => import('../modules/identity/screens/sign-in.tsx') },
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

/** Where signing in ends: the first of these that exists and the role may open. */
export const homes = ['/viec', '/chi-dao', '/tinh', '/kiem-toan', '/quan-tri/nguoi-dung', '/tai-khoan'] as const;
