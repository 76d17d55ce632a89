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
];

/** Where signing in ends: the first of these that exists and the role may open. */
export const homes = ['/viec', '/chi-dao', '/tinh', '/kiem-toan', '/quan-tri/nguoi-dung', '/tai-khoan'] as const;
