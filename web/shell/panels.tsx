import { createContext, useContext, useEffect, useState, type ComponentType, type ReactNode } from 'react';
import { needWords } from '../i18n/words.ts';
import { useSessionState } from '../session.tsx';
import type { Panel, PanelFacts, WebModule } from './config.ts';
import { mayOpen } from './nav.ts';

const Modules = createContext<readonly WebModule[]>([]);
export const PanelsOf = ({ modules, children }: { readonly modules: readonly WebModule[]; readonly children: ReactNode }) => <Modules.Provider value={modules}>{children}</Modules.Provider>;

/** The parts other modules bring to a place of this screen. The screen does not know them, so a module below never needs one above it. */
export function Panels({ at, facts }: { readonly at: Panel['at']; readonly facts: PanelFacts }) {
  const modules = useContext(Modules);
  const { session } = useSessionState();
  const panels = modules.flatMap((owner) => (owner.panels ?? []).filter((panel) => panel.at === at && mayOpen(panel, session ?? null)).map((panel) => ({ panel, owner })));
  return <>{panels.map(({ panel, owner }) => <Part key={owner.name} panel={panel} owner={owner} facts={facts} />)}</>;
}

/** A part that cannot be fetched leaves its place empty: the page it stands on is whole without it. */
function Part({ panel, owner, facts }: { readonly panel: Panel; readonly owner: WebModule; readonly facts: PanelFacts }) {
  const [View, setView] = useState<{ readonly as: ComponentType<PanelFacts> }>();
  useEffect(() => {
    let gone = false;
    void Promise.all([panel.load(), needWords([owner.words])]).then(([module]) => { if (!gone) setView({ as: module.default }); }, () => undefined);
    return () => { gone = true; };
  }, [panel, owner]);
  if (View !== undefined) return <View.as {...facts} />;
  return panel.at === 'unit-top' ? <div className="wait-top" /> : null; // what stands below does not jump when the part arrives
}
